package org.example.recipes;

import dev.belfry.api.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Builds the JAR of a recipe: what its own project would build. */
final class RecipeJar {

    private final Class<? extends Plugin> plugin;
    private final String id;
    private final Path files;
    private final Manifest manifest = new Manifest();
    private final List<Class<?>> libraries = new ArrayList<>();

    RecipeJar(Class<? extends Plugin> plugin, String id) {
        this(plugin, id, Path.of("src/test/recipes", id));
    }

    /** @param files of the JAR that are no classes */
    RecipeJar(Class<? extends Plugin> plugin, String id, Path files) {
        this.plugin = plugin;
        this.id = id;
        this.files = files;
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", "1.0.0");
        attributes.putValue("Plugin-Requires", ">=0.1.0 & <1.0.0");
    }

    RecipeJar exports(String packages) {
        manifest.getMainAttributes().putValue("Plugin-Exports", packages);
        return this;
    }

    RecipeJar dependsOn(String plugins) {
        manifest.getMainAttributes().putValue("Plugin-Dependencies", plugins);
        return this;
    }

    /** Packs the JAR that has this class. */
    RecipeJar with(Class<?> ofLibrary) {
        libraries.add(ofLibrary);
        return this;
    }

    Path writeTo(Path folder) throws IOException, URISyntaxException {
        Path file = folder.resolve(id + ".jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            Path classes = locationOf(plugin);
            addFiles(jar, classes, classes.resolve(plugin.getPackageName().replace('.', '/')));
            if (Files.isDirectory(files)) {
                addFiles(jar, files, files);
            }
            for (Class<?> library : libraries) {
                addLibrary(jar, locationOf(library));
            }
            jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
            jar.write(plugin.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Path locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void addFiles(JarOutputStream jar, Path root, Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    private static void addLibrary(JarOutputStream jar, Path library) throws IOException {
        try (JarFile from = new JarFile(library.toFile())) {
            List<JarEntry> classes = from.stream()
                    .filter(entry -> entry.getName().endsWith(".class")
                            && entry.getName().startsWith("org/"))
                    .toList();
            for (JarEntry entry : classes) {
                jar.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream bytes = from.getInputStream(entry)) {
                    bytes.transferTo(jar);
                }
            }
        }
    }
}
