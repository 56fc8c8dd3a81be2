package dev.belfry.notifications.api;

import dev.belfry.api.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The JAR of another plugin, from test classes. */
final class OtherPluginJar {

    private OtherPluginJar() {}

    /** @param more further classes; their nested classes are added */
    static Path write(Path file, Class<? extends Plugin> plugin, String id, String dependencies, Class<?>... more)
            throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", "1.0.0");
        attributes.putValue("Plugin-Dependencies", dependencies);
        List<Class<?>> classes = new ArrayList<>(List.of(plugin));
        for (Class<?> type : more) {
            classes.add(type);
            classes.addAll(List.of(type.getDeclaredClasses()));
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> type : classes) {
                add(jar, type);
            }
            jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            jar.write(plugin.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream bytes = Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(name)) {
            Objects.requireNonNull(bytes, name).transferTo(jar);
        }
    }
}
