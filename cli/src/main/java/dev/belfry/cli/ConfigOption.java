package dev.belfry.cli;

import dev.belfry.host.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option {@code --config} of every command that reads the configuration. */
final class ConfigOption {

    static final String NAME = "--config";

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description =
                    "A configuration file; may be given several times, later ones win. Without it: config/app-config.yaml.")
    private List<Path> files = List.of();

    Config load() {
        return load(files);
    }

    String describe() {
        return describe(files);
    }

    List<Path> files() {
        return files;
    }

    static Config load(List<Path> files) {
        return files.isEmpty()
                ? Config.loadDefault()
                : Config.load(files.stream().map(WorkingDirectory::resolve).toList());
    }

    static String describe(List<Path> files) {
        return files.isEmpty()
                ? Config.DEFAULT_FILE.toString()
                : files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
