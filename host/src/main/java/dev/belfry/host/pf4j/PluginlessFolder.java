package dev.belfry.host.pf4j;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains why a plugin folder has no plugin. */
final class PluginlessFolder {

    private static final int NAMED = 3;

    private PluginlessFolder() {}

    /** A warning for the operator of a host that has no plugin. */
    static String warning(Path folder) {
        return "the host has no plugin: " + explain(folder)
                + ". Copy plugins into the folder, or set dynamicPlugins.rootDirectory";
    }

    private static String explain(Path folder) {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.map(Path::getFileName).sorted().toList();
        } catch (IOException e) {
            return "the folder " + folder + " cannot be read: " + RegularFile.reason(folder, e);
        }
        if (files.isEmpty()) {
            return "the folder " + folder + " is empty";
        }
        List<String> parts = new ArrayList<>();
        add(parts, files.stream().filter(PluginDiscovery::isPlugin).toList(), "refused");
        List<Path> others =
                files.stream().filter(file -> !PluginDiscovery.isPlugin(file)).toList();
        add(
                parts,
                others.stream().filter(file -> isFolder(folder, file)).toList(),
                "a folder, such as an npm package of Backstage, and not a plugin");
        add(
                parts,
                others.stream().filter(file -> !isFolder(folder, file)).toList(),
                "not a plugin, because its name does not end in .jar or begins with a dot");
        return "the folder " + folder + " has no plugin: " + String.join("; ", parts);
    }

    private static boolean isFolder(Path folder, Path file) {
        return Files.isDirectory(folder.resolve(file));
    }

    private static void add(List<String> parts, List<Path> files, String why) {
        if (!files.isEmpty()) {
            String more = files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "";
            parts.add(files.stream().limit(NAMED).map(Path::toString).collect(Collectors.joining(", ", "", more))
                    + (files.size() == 1 ? " is " + why : " (each is " + why + ")"));
        }
    }
}
