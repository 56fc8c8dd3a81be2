package dev.belfry.cli;

import dev.belfry.cli.demo.Demo;
import dev.belfry.host.Belfry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code belfry demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        header = "Starts a host with a small company and programs that keep sending notifications.",
        description = {
            "Starts a host with a small company, three months of its notifications, and programs that keep sending, until it is"
                    + " interrupted (Ctrl-C).",
            "The demo uses the JARs in dynamic-plugins, does not read your configuration, and deletes its data at the end."
        },
        footer = "%nExample:%n  belfry demo --port 8080")
final class DemoCommand implements Callable<Integer> {

    private static final Path PLUGINS = Path.of("dynamic-plugins");
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7007",
            description = "The port of the host. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch told = new CountDownLatch(1);
        ProcessSignals.onStop(told::countDown);
        try (Demo demo = Demo.start(PLUGINS, port)) {
            Belfry belfry = demo.belfry();
            HostProcess.tellPlugins(belfry, out);
            out.println("sent      " + demo.sendHistory() + " notifications of three months");
            out.println("open      " + belfry.address() + "/notifications/");
            out.flush();
            while (!told.await(pauseMillis(), TimeUnit.MILLISECONDS)) {
                demo.sendNext();
            }
        }
        return 0;
    }

    private static long pauseMillis() {
        return ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
    }
}
