package dev.belfry.cli;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The content of a JAR, for operators.
 *
 * @param bytes size of the file
 * @param classes number of classes
 * @param migrations folders with Flyway scripts
 * @param documents OpenAPI documents
 * @param configSchema whether it contains a schema of its configuration
 * @param signed whether it has signature files; they are not verified
 */
record JarContent(
        long bytes,
        int classes,
        List<String> migrations,
        List<String> documents,
        boolean configSchema,
        boolean signed) {

    static boolean isPlugin(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Plugin-Id") != null;
        }
    }

    static JarContent of(Path jar) throws IOException {
        RegularFile.attributes(jar);
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            List<String> names = Collections.list(file.entries()).stream()
                    .map(JarEntry::getName)
                    .toList();
            TreeSet<String> migrations = new TreeSet<>();
            names.stream()
                    .filter(name -> name.matches(".+/[VRU][^/]*__[^/]*\\.sql"))
                    .forEach(name -> migrations.add(name.substring(0, name.lastIndexOf('/'))));
            return new JarContent(
                    Files.size(jar),
                    (int) names.stream().filter(name -> name.endsWith(".class")).count(),
                    List.copyOf(migrations),
                    names.stream()
                            .filter(name -> name.matches("(.*/)?openapi[^/]*\\.ya?ml"))
                            .toList(),
                    names.contains("META-INF/belfry/config.schema.json"),
                    names.stream().anyMatch(name -> name.matches("META-INF/[^/]+\\.SF")));
        }
    }
}
