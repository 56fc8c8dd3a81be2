package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Origin;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A dropped JAR, taken and looked at. Two of the same file with the same content are equal.
 *
 * @param copy the host's own copy, of which this candidate counts as one use
 * @param provider name of the plugin class
 */
record JarCandidate(Descriptor descriptor, Path dropped, Path copy, String provider, JarStore store, LoadedJars loaded)
        implements Candidate {

    @Override
    public Origin origin() {
        return Origin.DYNAMIC;
    }

    @Override
    public Optional<Path> file() {
        return Optional.of(dropped);
    }

    @Override
    public PluginCode load(String generation) throws Refusal {
        store.retain(copy);
        try {
            ClassLoader loader = loaded.load(copy, generation, descriptor.version());
            try {
                return new JarCode(Providers.create(provider, loader), loader, generation);
            } catch (Refusal | LinkageError failure) {
                loaded.unload(generation);
                throw failure;
            }
        } catch (Refusal | LinkageError failure) {
            discard();
            throw failure;
        }
    }

    @Override
    public void discard() {
        try {
            store.giveBack(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy " + copy + " cannot be removed", e);
        }
    }

    private final class JarCode implements PluginCode {
        private final Plugin plugin;
        private final ClassLoader loader;
        private final String generation;

        JarCode(Plugin plugin, ClassLoader loader, String generation) {
            this.plugin = plugin;
            this.loader = loader;
            this.generation = generation;
        }

        @Override
        public Plugin plugin() {
            return plugin;
        }

        @Override
        public ClassLoader classLoader() {
            return loader;
        }

        @Override
        public URL location() {
            try {
                return copy.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            loaded.unload(generation);
            discard();
        }
    }
}
