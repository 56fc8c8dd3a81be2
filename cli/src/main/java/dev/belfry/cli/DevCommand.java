package dev.belfry.cli;

import dev.belfry.cli.authoring.BuildFailed;
import dev.belfry.cli.authoring.DevLoop;
import dev.belfry.host.files.ProcessLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry dev}. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        header = "Runs the plugin whose project is in this folder, and replaces it at each save.",
        description = {
            "Runs the plugin whose project is in this folder, and replaces it at each save, until it is interrupted (Ctrl-C).",
            "The host keeps its files in the folder .belfry. The file app-config.yaml of the project overrides its"
                    + " configuration, and is read again at each save.",
            "The catalog has the users ada, a super user, and bob, both in the group team. The output has a curl command for each."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the command was interrupted",
            "1:the first build failed, another dev runs in the folder, or another process uses the port",
            "2:the command was called wrongly"
        },
        footer = "%nExample:%n  cd two-bells && ~/belfry/belfry dev")
final class DevCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7007",
            description = "The port of the host. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--debug",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "5005",
            description = "Opens a port for a debugger on 127.0.0.1: 5005, or --debug=PORT.")
    private @Nullable Integer debugPort;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        requireDebugger();
        Path folder = WorkingDirectory.path();
        DevLoop loop = new DevLoop(folder, line -> say(out, line));
        try (ProcessLock lock = loop.lock();
                DevHost host = new DevHost(loop, port, line -> say(out, line))) {
            say(out, "building  " + folder);
            loop.build();
            host.start();
            loop.run(host::configChanged, host::sayFailures);
        } catch (BuildFailed failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return 1;
        }
        return 0;
    }

    /** The launcher opens the port: a JVM cannot do that once it runs. */
    private void requireDebugger() {
        if (debugPort != null
                && ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .noneMatch(argument -> argument.startsWith("-agentlib:jdwp"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--debug works with the launcher ./belfry; without it, add -agentlib:jdwp to the JVM");
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
