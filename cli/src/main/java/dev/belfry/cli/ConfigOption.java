package dev.belfry.cli;

import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command that reads the configuration. */
final class ConfigOption {

    static final String NAME = "--config";

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description =
                    "A configuration file. Can be repeated; later files override earlier ones. Default: config/app-config.yaml.")
    private List<Path> files = List.of();

    private Map<String, String> environment = System.getenv();
    private Path workingDirectory = Path.of("").toAbsolutePath();
    private ClassLoader classPath = Belfry.class.getClassLoader();

    /** Reads as a process with this environment in this folder, with the plugins of this class path. */
    void readIn(Map<String, String> otherEnvironment, Path otherDirectory, ClassLoader otherClassPath) {
        environment = otherEnvironment;
        workingDirectory = otherDirectory;
        classPath = otherClassPath;
    }

    /** Where a start would look for static plugins. */
    ClassLoader classPath() {
        return classPath;
    }

    Config load() {
        return load(Map.of());
    }

    /** @param values override the files, by dotted path */
    Config load(Map<String, Object> values) {
        return Config.load(
                files.isEmpty() ? List.of(Config.DEFAULT_FILE) : absolute(files),
                values,
                environment,
                workingDirectory);
    }

    String describe() {
        return describe(files);
    }

    List<Path> files() {
        return files;
    }

    static Config load(List<Path> files) {
        return files.isEmpty() ? Config.loadDefault() : Config.load(absolute(files));
    }

    private static List<Path> absolute(List<Path> files) {
        return files.stream().map(WorkingDirectory::resolve).toList();
    }

    static String describe(List<Path> files) {
        return files.isEmpty()
                ? Config.DEFAULT_FILE.toString()
                : files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
