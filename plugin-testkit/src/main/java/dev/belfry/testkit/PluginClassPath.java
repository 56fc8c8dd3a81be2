package dev.belfry.testkit;

import dev.belfry.api.Plugin;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/** A view of the class path that contains one plugin, or none: a test's class path may have several. */
final class PluginClassPath extends ClassLoader {

    private static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();

    private final Optional<String> location;

    private PluginClassPath(Optional<String> location) {
        super(PluginClassPath.class.getClassLoader());
        this.location = location;
    }

    static ClassLoader only(Class<? extends Plugin> plugin) {
        return new PluginClassPath(Optional.of(
                plugin.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    static ClassLoader none() {
        return new PluginClassPath(Optional.empty());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals(SERVICE_FILE)) {
            return super.getResources(name);
        }
        List<URL> ofPlugin = Collections.list(super.getResources(name)).stream()
                .filter(file -> location.filter(file.toString()::contains).isPresent())
                .toList();
        return Collections.enumeration(ofPlugin);
    }
}
