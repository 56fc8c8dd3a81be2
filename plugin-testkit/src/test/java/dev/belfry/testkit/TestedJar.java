package dev.belfry.testkit;

import dev.belfry.api.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Builds the JAR of a plugin, with the id {@code tested}, from test classes. */
final class TestedJar {

    private TestedJar() {}

    /** @param more classes of the plugin */
    static Path of(Class<? extends Plugin> plugin, Path folder, Class<?>... more) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", "tested");
        attributes.putValue("Plugin-Version", "1.0.0");
        Path file = folder.resolve("tested.jar");
        List<Class<?>> classes = new ArrayList<>(List.of(more));
        classes.add(plugin);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> type : classes) {
                String className = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(className));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(className)) {
                    bytes.transferTo(jar);
                }
            }
            jar.putNextEntry(new JarEntry("META-INF/services/dev.belfry.api.Plugin"));
            jar.write(plugin.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
