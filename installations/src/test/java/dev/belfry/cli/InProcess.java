package dev.belfry.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs commands as a process with another environment would, started in another folder. */
public final class InProcess {

    private final Map<String, String> environment;
    private final Path workingDirectory;

    public InProcess(Map<String, String> environment, Path workingDirectory) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** The result of a command. */
    public record Result(int exitCode, List<String> out, List<String> err) {}

    /** @param configs absolute paths of the configuration files */
    public Result run(List<Path> configs, String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = BelfryCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        prepare(line);
        List<String> arguments = new ArrayList<>(List.of(command));
        configs.forEach(config -> arguments.addAll(List.of(ConfigOption.NAME, config.toString())));
        int exitCode = line.execute(arguments.toArray(String[]::new));
        return new Result(
                exitCode,
                out.toString().lines().toList(),
                err.toString().lines().toList());
    }

    private void prepare(CommandLine line) {
        for (CommandSpec mixin : line.getCommandSpec().mixins().values()) {
            if (mixin.userObject() instanceof ConfigOption option) {
                // Plugins come as JARs; the test's class path has them as well.
                option.readIn(environment, workingDirectory, new ClassLoader(null) {});
            }
        }
        line.getSubcommands().values().forEach(this::prepare);
    }
}
