package dev.belfry.installations;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.Belfry;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A real start of an installation, on a free port. */
final class RunningInstallation implements AutoCloseable {

    private static final String NOTIFICATIONS = "/api/notifications/notifications";
    private static final String NOTIFICATION = """
            {"title": "It rings", "origin": "installations"}
            """;

    private final Report report;
    private final Optional<Belfry> host;
    private final Optional<Path> dataDirectory;

    private RunningInstallation(Report report, Optional<Belfry> host, Optional<Path> dataDirectory) {
        this.report = report;
        this.host = host;
        this.dataDirectory = dataDirectory;
    }

    static RunningInstallation start(Installation installation) {
        try (CapturedWarnings warnings = new CapturedWarnings()) {
            try {
                Config config = installation.config();
                Belfry host = Belfry.start(config, new NoStaticPlugins());
                List<String> faults = host.plugins().stream()
                        .filter(plugin -> plugin.state() == State.FAILED)
                        .flatMap(plugin -> reasons(plugin, config))
                        .toList();
                return new RunningInstallation(
                        Report.of(installation, faults, warnings.messages()),
                        Optional.of(host),
                        Optional.of(HostSettings.from(config).belfry().dataDirectory()));
            } catch (ConfigurationException refused) {
                return new RunningInstallation(
                        Report.of(installation, refused, warnings.messages()), Optional.empty(), Optional.empty());
            }
        }
    }

    /** A status joins the faults of a configuration. */
    private static Stream<String> reasons(PluginStatus plugin, Config config) {
        Path jar = HostSettings.from(config).dynamicPlugins().rootDirectory().resolve(PluginJar.NAME);
        String reason = plugin.reason().orElse("failed without a reason");
        return Arrays.stream(reason.split("; (?=/\\S+:\\d+: )")).map(fault -> jar + ": " + fault);
    }

    /** The plugin comes as a JAR; the test's class path has it as well. */
    private static final class NoStaticPlugins extends ClassLoader {
        NoStaticPlugins() {
            super("none", null);
        }
    }

    Report report() {
        return report;
    }

    int list(CallerToken as) {
        return status(request(as).GET());
    }

    int create(CallerToken as) {
        return status(
                request(as).header("Content-Type", "application/json").POST(BodyPublishers.ofString(NOTIFICATION)));
    }

    private HttpRequest.Builder request(CallerToken as) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(host.orElseThrow().address() + NOTIFICATIONS));
        as.text(dataDirectory.orElseThrow()).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private static int status(HttpRequest.Builder request) {
        try {
            return TrustingClient.shared()
                    .send(request.build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        host.ifPresent(Belfry::close);
    }
}
