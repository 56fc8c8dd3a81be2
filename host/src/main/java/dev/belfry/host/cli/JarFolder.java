package dev.belfry.host.cli;

import dev.belfry.host.pf4j.PluginDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JARs that a host would find. */
final class JarFolder {

    private JarFolder() {}

    static List<Path> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PluginDiscovery::isPlugin).sorted().toList();
        }
    }
}
