package dev.belfry.cli;

import dev.belfry.host.pf4j.PluginDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JARs in a plugin folder. */
final class JarFolder {

    private JarFolder() {}

    /**
     * @return empty when the folder does not exist
     * @throws IOException when it cannot be read
     */
    static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PluginDiscovery::isPlugin).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
