package dev.belfry.host.cli;

import dev.belfry.host.pf4j.PluginDiscovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JARs that a host would find. */
final class JarFolder {

    private JarFolder() {}

    /**
     * @return none where there is no such folder
     * @throws IOException when it cannot be read: that is not the same
     */
    static List<Path> jarsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PluginDiscovery::isPlugin).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
