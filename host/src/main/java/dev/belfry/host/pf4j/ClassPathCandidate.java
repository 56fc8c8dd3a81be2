package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Contract;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.PluginOrigin;
import dev.belfry.host.lifecycle.Refusal;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin on the host's class path.
 *
 * @param location its JAR or its folder of classes
 */
record ClassPathCandidate(Descriptor descriptor, String provider, URL location, ClassLoader loader)
        implements Candidate {

    @Override
    public PluginOrigin origin() {
        return PluginOrigin.STATIC;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public boolean isSameCodeAs(Candidate other) {
        return equals(other);
    }

    @Override
    public Contract contract(Map<String, Contract> others) {
        return new ClassPathContract(descriptor.id() + " " + descriptor.version(), descriptor.exports(), loader);
    }

    @Override
    public boolean exports(String className) {
        int end = className.lastIndexOf('.');
        return end > 0
                && descriptor.exports().contains(className.substring(0, end))
                && loader.getResource(className.replace('.', '/') + ClassEntryName.SUFFIX) != null;
    }

    @Override
    public PluginCode load(String generation, LinkedContracts linked) {
        return new Code(provider, loader, location);
    }

    /** The application's own classes: nothing is unloaded. */
    private record Code(String provider, ClassLoader classLoader, URL location) implements PluginCode {
        @Override
        public Plugin create() throws Refusal {
            return Providers.create(provider, classLoader);
        }

        @Override
        public void check() throws Refusal {
            Providers.constructor(provider, classLoader);
        }

        @Override
        public void close() {}
    }
}
