package dev.belfry.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code belfry start}. */
@Command(
        name = StartCommand.NAME,
        mixinStandardHelpOptions = true,
        description = "Starts the host and serves until it is interrupted (Ctrl-C).")
final class StartCommand implements Runnable {

    static final String NAME = "start";

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        run(config.files(), spec.commandLine().getOut());
    }

    static void run(List<Path> files, PrintWriter out) {
        HostProcess.untilStopped(ConfigOption.load(files), ConfigOption.describe(files), out);
    }

    /**
     * The configuration files of a plain {@code start} call. This call is the most frequent one and avoids picocli,
     * whose classes are too old for the start-up cache and would take a quarter of the start.
     *
     * @return empty when picocli must parse the call, including invalid calls
     */
    static Optional<List<Path>> filesOfPlainCall(String... arguments) {
        if (arguments.length % 2 == 0 || !arguments[0].equals(NAME)) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!arguments[i].equals(ConfigOption.NAME) || arguments[i + 1].startsWith("-")) {
                return Optional.empty();
            }
            files.add(Path.of(arguments[i + 1]));
        }
        return Optional.of(files);
    }
}
