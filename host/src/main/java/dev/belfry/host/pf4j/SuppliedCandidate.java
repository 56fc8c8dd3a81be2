package dev.belfry.host.pf4j;

import dev.belfry.api.Plugin;
import dev.belfry.host.files.OwnFiles;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import java.net.URL;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that the embedding application creates.
 *
 * @param location the JAR or the folder of its class
 */
record SuppliedCandidate(
        Descriptor descriptor, Supplier<? extends Plugin> creation, URL location, ClassLoader classLoader)
        implements StaticCandidate, PluginCode {

    private static final String NO_VERSION = "0.0.0";

    static SuppliedCandidate of(PluginDiscovery.Supplied plugin, Descriptors descriptors) {
        URL location = OwnFiles.locationOf(plugin.type())
                .orElseThrow(() -> new IllegalArgumentException("plugin " + plugin.id() + ": " + plugin.type()
                        + " is in no JAR or folder, so that the plugin has no files"));
        ClassPathLocation.of(location);
        try {
            return new SuppliedCandidate(
                    descriptors.read(manifest(plugin)),
                    plugin.creation(),
                    location,
                    plugin.type().getClassLoader());
        } catch (Refusal refusal) {
            throw new IllegalArgumentException("plugin " + plugin.id() + ": " + refusal.reason(), refusal);
        }
    }

    /** The manifest that the plugin would have in a JAR of its own. */
    private static Manifest manifest(PluginDiscovery.Supplied plugin) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", plugin.id());
        attributes.putValue("Plugin-Version", version(plugin.type().getPackage().getImplementationVersion()));
        if (!plugin.dependencies().isEmpty()) {
            attributes.putValue("Plugin-Dependencies", String.join(", ", plugin.dependencies()));
        }
        return manifest;
    }

    private static String version(@Nullable String ofApplication) {
        return ofApplication != null && new Pf4jVersionRules().isVersion(ofApplication) ? ofApplication : NO_VERSION;
    }

    /** Nothing is loaded: the classes are the application's. */
    @Override
    public PluginCode load(String generation, LinkedContracts linked) {
        return this;
    }

    @Override
    public Plugin create() {
        return creation.get();
    }

    @Override
    public void check() {}

    @Override
    public void close() {}
}
