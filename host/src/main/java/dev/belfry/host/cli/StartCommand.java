package dev.belfry.host.cli;

import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code belfry start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts the host and serves until it is interrupted (Ctrl-C).")
final class StartCommand implements Runnable {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Config read = config.load();
        out.println("config    " + config.describe());
        Belfry belfry = Belfry.start(read);
        belfry.plugins().forEach(plugin -> out.println("plugin    " + line(plugin)));
        out.println("serving   " + belfry.address());
        if (belfry.plugins().stream().anyMatch(plugin -> plugin.id().equals("notifications"))) {
            out.println("try       curl '" + belfry.address() + "/api/notifications/notifications/count'");
        }
        out.flush();
        serve(belfry, out);
    }

    private static String line(PluginStatus plugin) {
        String how = plugin.state() == State.RUNNING
                ? "runs"
                : plugin.state().name().toLowerCase(Locale.ROOT)
                        + plugin.reason().map(why -> ": " + why).orElse("");
        String origin = plugin.file().map(file -> "from " + file).orElse("static");
        return plugin.id() + " " + plugin.version() + " (" + origin + ") " + how;
    }

    private static void serve(Belfry belfry, PrintWriter out) {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            out.println("stopping");
                            out.flush();
                            belfry.close();
                            out.println("stopped");
                            out.flush();
                            stopped.countDown();
                        },
                        "stop"));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
