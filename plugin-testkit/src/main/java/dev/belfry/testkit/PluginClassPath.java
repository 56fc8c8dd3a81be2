package dev.belfry.testkit;

import dev.belfry.api.Plugin;
import java.io.IOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A view of the class path that contains some of its plugins, or none: a test's class path may have others. */
final class PluginClassPath extends ClassLoader {

    private static final String SERVICE_FILE = "META-INF/services/" + Plugin.class.getName();

    private final List<String> locations;

    private PluginClassPath(List<String> locations) {
        super(PluginClassPath.class.getClassLoader());
        this.locations = locations;
    }

    static ClassLoader only(Collection<Class<? extends Plugin>> plugins) {
        return new PluginClassPath(plugins.stream()
                .map(plugin -> plugin.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())
                .toList());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals(SERVICE_FILE)) {
            return super.getResources(name);
        }
        List<URL> ofPlugin = Collections.list(super.getResources(name)).stream()
                .filter(file -> locations.stream().anyMatch(file.toString()::contains))
                .toList();
        return Collections.enumeration(ofPlugin);
    }
}
