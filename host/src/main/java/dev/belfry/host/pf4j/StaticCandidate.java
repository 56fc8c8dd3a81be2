package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Contract;
import dev.belfry.host.lifecycle.PluginOrigin;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A plugin whose classes are those of the application. */
interface StaticCandidate extends Candidate {

    /** Of the application. */
    ClassLoader classLoader();

    @Override
    default PluginOrigin origin() {
        return PluginOrigin.STATIC;
    }

    @Override
    default Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    default boolean isSameCodeAs(Candidate other) {
        return equals(other);
    }

    @Override
    default Contract contract(Map<String, Contract> others) {
        return new ClassPathContract(
                descriptor().id() + " " + descriptor().version(), descriptor().exports(), classLoader());
    }
}
