package dev.belfry.cli.authoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some of Belfry's artifacts, in the form of a Maven repository. A project has its own copy, so that it also builds where Belfry is not
 * installed.
 *
 * @param repository the repository of the distribution
 * @param names artifact ids
 */
record BelfryArtifacts(Path repository, List<String> names) {

    /** To compile and test a plugin. */
    static final List<String> OF_PLUGINS =
            List.of("belfry-parent", "belfry-bom", "plugin-api", "plugin-testkit", "host");

    private static final Path GROUP = Path.of("dev", "belfry");

    /** @throws IllegalArgumentException naming an artifact that the distribution does not have */
    void copyTo(Path target) throws IOException {
        for (String name : names) {
            if (!Files.isDirectory(repository.resolve(GROUP).resolve(name))) {
                throw new IllegalArgumentException("there is no dev.belfry:" + name + " in " + repository
                        + "; use the launcher of a complete distribution");
            }
        }
        for (String name : names) {
            copy(GROUP.resolve(name), target);
        }
    }

    private void copy(Path artifact, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve(artifact))) {
            for (Path file : files.filter(BelfryArtifacts::isUsed).toList()) {
                Path copy = target.resolve(repository.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        }
    }

    /** Documentation is left out: the sources contain it. */
    private static boolean isUsed(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file) && !name.endsWith("-javadoc.jar") && !name.endsWith("-tests.jar");
    }
}
