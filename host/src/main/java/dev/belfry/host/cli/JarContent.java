package dev.belfry.host.cli;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What lies in a JAR that an operator may want to know of.
 *
 * @param bytes its size
 * @param classes how many it has
 * @param migrations folders with scripts for Flyway
 * @param documents OpenAPI documents
 * @param configSchema whether it describes its configuration
 * @param signed whether it says that it is signed; if that holds, verify says
 */
record JarContent(
        long bytes,
        int classes,
        List<String> migrations,
        List<String> documents,
        boolean configSchema,
        boolean signed) {

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
