package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import java.net.URL;

/**
 * A plugin on the host's class path.
 *
 * @param location its JAR or its folder of classes
 */
record ClassPathCandidate(Descriptor descriptor, String provider, URL location, ClassLoader classLoader)
        implements StaticCandidate {

    @Override
    public boolean exports(String className) {
        int end = className.lastIndexOf('.');
        return end > 0
                && descriptor.exports().contains(className.substring(0, end))
                && classLoader.getResource(className.replace('.', '/') + ClassEntryName.SUFFIX) != null;
    }

    @Override
    public PluginCode load(String generation, LinkedContracts linked) {
        return new Code(provider, classLoader, location);
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
