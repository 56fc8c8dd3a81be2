package dev.belfry.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A process of {@code belfry start}, without the logging configuration of the tests. Its output is in the file {@code out}. */
public final class StartProcess {

    private StartProcess() {}

    /** @param options of the JVM */
    public static ProcessBuilder of(Path folder, List<Path> configs, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), BelfryCommand.class.getName(), "start"));
        configs.forEach(config -> command.addAll(List.of("--config", config.toString())));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
