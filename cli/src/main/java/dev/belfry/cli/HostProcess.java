package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.cli.tracing.ProcessTracing;
import dev.belfry.cli.tracing.TraceVariables;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.logging.LogEscaping;
import dev.belfry.host.logoutput.LogOutput;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.tls.SelfSignedCertificate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a host as the process of the command line, and prints its progress. */
final class HostProcess {

    private static final Logger LOG = LoggerFactory.getLogger(HostProcess.class);

    private HostProcess() {}

    /**
     * Serves until the process is told to stop; then stops the host.
     *
     * @param files the configuration files, for people
     */
    static void untilStopped(Config config, String files, PrintWriter out) {
        HostSettings settings = settings(config);
        // For programs, all lines go the same way and have the same form.
        boolean isForPeople = !LogOutput.isForPrograms(settings.log());
        Consumer<String> progress = isForPeople ? line -> say(out, line) : HostProcess::log;
        Consumer<String> details = isForPeople ? progress : line -> {};
        details.accept("config    " + files);
        TraceVariables variables = TraceVariables.ofProcess();
        ProcessTracing traces = ProcessTracing.start(variables);
        Belfry belfry = Belfry.start(config, traces.tracing());
        variables.withoutEffect().ifPresent(LOG::info);
        HostShutdown shutdown = new HostShutdown(belfry, settings.belfry().longestStop(), progress);
        CountDownLatch told = new CountDownLatch(1);
        // For other ways to end the process.
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "stop"));
        ProcessSignals.onStop(told::countDown);
        ProcessSignals.onReload(belfry::reload);
        // Last: a reader of this line may stop the host at once.
        lines(belfry).forEach(details);
        progress.accept(serving(belfry) + everywhere(settings));
        hint(belfry, settings).ifPresent(details);
        try {
            told.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shutdown.run();
        traces.close();
    }

    private static HostSettings settings(Config config) {
        try {
            return HostSettings.from(config);
        } catch (ConfigurationException faulty) {
            // They may say why: an unset variable is a missing value.
            config.notices().warnings().forEach(HostProcess::warn);
            throw faulty;
        }
    }

    private static void warn(String warning) {
        LOG.warn(warning);
    }

    /** Starts a host and prints what it loaded. */
    static Belfry start(Config config, PrintWriter out) {
        Belfry belfry = Belfry.start(config);
        tellPlugins(belfry, out);
        say(out, serving(belfry));
        return belfry;
    }

    static void tellPlugins(Belfry belfry, PrintWriter out) {
        lines(belfry).forEach(out::println);
    }

    private static List<String> lines(Belfry belfry) {
        return belfry.plugins().stream()
                .map(plugin -> "plugin    " + LogEscaping.of(line(plugin)))
                .toList();
    }

    private static String serving(Belfry belfry) {
        return "serving   " + belfry.address();
    }

    private static String everywhere(HostSettings settings) {
        String host = settings.listen().host();
        return host.equals("0.0.0.0") || host.equals("::") ? " and all other addresses of this machine" : "";
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private static void log(String line) {
        LOG.info(line.replaceFirst(" {2,}", " "));
    }

    private static Optional<String> hint(Belfry belfry, HostSettings settings) {
        // Without a guest, the request gets 401.
        return settings.auth().guest().isPresent()
                        && belfry.plugins().stream()
                                .anyMatch(plugin -> plugin.id().equals("notifications"))
                ? Optional.of("try       curl " + trust(settings) + "'" + belfry.address()
                        + "/api/notifications/notifications/count'")
                : Optional.empty();
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
        String version = plugin.version().isEmpty() ? "" : " " + plugin.version();
        return plugin.id() + version + " (" + origin + ") " + how;
    }
}
