package dev.belfry.cli.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The launcher with the classes of this build, in the layout of the distribution. */
final class Installation {

    private Installation() {}

    /** @return the launcher */
    static Path in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Path launcher = Files.copy(Path.of("../belfry"), folder.resolve("belfry"), StandardCopyOption.REPLACE_EXISTING);
        launcher.toFile().setExecutable(true);
        writeJar(
                folder.resolve("lib/host-test.jar"),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        writeJar(folder.resolve("lib/plugin-api-test.jar"), "");
        writeJar(folder.resolve("lib/cli-test.jar"), "");
        return launcher;
    }

    private static void writeJar(Path jar, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
