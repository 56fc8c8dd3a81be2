package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Origin;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A plugin on the host's class path.
 *
 * @param location its JAR or its folder of classes
 */
record ClassPathCandidate(Descriptor descriptor, String provider, URL location, ClassLoader loader)
        implements Candidate {

    @Override
    public Origin origin() {
        return Origin.STATIC;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public PluginCode load(String generation) throws Refusal {
        return new Code(Providers.create(provider, loader), loader, location);
    }

    /** Its classes are the application's: there is nothing to unload. */
    private record Code(Plugin plugin, ClassLoader classLoader, URL location) implements PluginCode {
        @Override
        public void close() {}
    }
}
