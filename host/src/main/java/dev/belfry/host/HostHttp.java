package dev.belfry.host;

import dev.belfry.host.metrics.Meters;
import dev.belfry.host.metrics.PluginMeters;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.settings.OutgoingSettings;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** The HTTP client of the host itself, with the limits of a plugin's client. Opened at its first use. */
final class HostHttp implements AutoCloseable {

    private static final String NAME = "host";

    private final OutgoingSettings settings;
    private final Meters meters;
    private @Nullable PluginMeters own;
    private @Nullable OutgoingHttp http;

    HostHttp(OutgoingSettings settings, Meters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    synchronized HttpClient client() {
        if (http == null) {
            own = meters.of(NAME);
            http = OutgoingHttp.open(NAME, settings, own.registry());
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
