package dev.belfry.cli;

import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.logging.LogEscaping;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.tls.SelfSignedCertificate;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/** Runs a host as the process of the command line, and prints its progress. */
final class HostProcess {

    private HostProcess() {}

    /** Serves until the process is told to stop; then stops the host. */
    static void untilStopped(Config config, PrintWriter out) {
        HostSettings settings = HostSettings.from(config);
        Belfry belfry = Belfry.start(config);
        HostShutdown shutdown = new HostShutdown(belfry, settings.belfry().longestStop(), out);
        CountDownLatch told = new CountDownLatch(1);
        // For other ways to end the process, such as SIGHUP.
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "stop"));
        StopSignals.on(told::countDown);
        // Last: a reader of this line may stop the host at once.
        tell(belfry, settings, out);
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutdown.run();
    }

    /** Starts a host and prints what it loaded. */
    static Belfry start(Config config, PrintWriter out) {
        Belfry belfry = Belfry.start(config);
        tell(belfry, HostSettings.from(config), out);
        return belfry;
    }

    static void tellPlugins(Belfry belfry, PrintWriter out) {
        belfry.plugins().forEach(plugin -> out.println("plugin    " + LogEscaping.of(line(plugin))));
    }

    private static void tell(Belfry belfry, HostSettings settings, PrintWriter out) {
        tellPlugins(belfry, out);
        out.println("serving   " + belfry.address());
        if (belfry.plugins().stream().anyMatch(plugin -> plugin.id().equals("notifications"))) {
            out.println("try       curl " + trust(settings) + "'" + belfry.address()
                    + "/api/notifications/notifications/count'");
        }
        out.flush();
    }

    /** The option by which curl trusts a self-signed certificate. */
    private static String trust(HostSettings settings) {
        return settings.https()
                .filter(HttpsSettings.SelfSigned.class::isInstance)
                .map(https -> "--cacert '"
                        + SelfSignedCertificate.file(settings.belfry().dataDirectory()) + "' ")
                .orElse("");
    }

    private static String line(PluginStatus plugin) {
        String how = plugin.state() == State.RUNNING
                ? "runs"
                : plugin.state().name().toLowerCase(Locale.ROOT)
                        + plugin.reason().map(why -> ": " + why).orElse("");
        String origin = plugin.file().map(file -> "from " + file).orElse("static");
        return plugin.id() + " " + plugin.version() + " (" + origin + ") " + how;
    }
}
