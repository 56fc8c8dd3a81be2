package dev.belfry.host;

import dev.belfry.host.metrics.Meters;
import dev.belfry.host.metrics.PluginMeters;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.settings.OutgoingSettings;
import dev.belfry.host.tracing.Tracing;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP client of the host itself, with the limits of a plugin's client. Opened at its first use. */
final class HostHttp implements AutoCloseable {

    private static final String NAME = "host";

    private final OutgoingSettings settings;
    private final Meters meters;
    private final Tracing tracing;
    private @Nullable PluginMeters own;
    private @Nullable OutgoingHttp http;

    HostHttp(OutgoingSettings settings, Meters meters, Tracing tracing) {
        this.tracing = tracing;
        this.settings = settings;
        this.meters = meters;
    }

    synchronized HttpClient client() {
        if (http == null) {
            own = meters.of(NAME);
            http = OutgoingHttp.open(NAME, settings, own.registry(), tracing);
        }
        return http.client();
    }

    @Override
    public synchronized void close() throws Exception {
        if (http != null) {
            http.close();
        }
        if (own != null) {
            own.close();
        }
    }
}
