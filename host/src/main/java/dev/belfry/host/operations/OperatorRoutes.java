package dev.belfry.host.operations;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.Routes;
import dev.belfry.host.health.Health;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.metrics.Meters;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The host's own routes. They are declared as a plugin's are, with an access each. */
public final class OperatorRoutes {

    private static final Permission READ_PLUGINS = new Permission("host.plugins.read", Permission.Action.READ);
    private static final Permission READ_METRICS = new Permission("host.metrics.read", Permission.Action.READ);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Meters meters;
    private final Supplier<List<PluginStatus>> plugins;

    public OperatorRoutes(Health health, Meters meters, Supplier<List<PluginStatus>> plugins) {
        this.health = health;
        this.meters = meters;
        this.plugins = plugins;
    }

    /** Paths outside {@code /api}. */
    public void declareAtRoot(Routes routes) {
        for (String path : List.of("/.backstage/health/v1/readiness", "/readyz")) {
            routes.get(path, Access.PUBLIC, this::readiness);
        }
        for (String path : List.of("/.backstage/health/v1/liveness", "/livez")) {
            routes.get(path, Access.PUBLIC, (context, caller) -> context.json(Map.of("status", "ok")));
        }
        routes.get(
                "/metrics",
                READ_METRICS,
                (context, caller) -> context.contentType(PROMETHEUS_TEXT).result(meters.scrape()));
        routes.get("/api/host/plugins", READ_PLUGINS, this::listPlugins);
    }

    private void readiness(Context context, Caller caller) {
        List<String> obstacles = health.obstacles();
        if (obstacles.isEmpty()) {
            context.json(Map.of("status", "ok"));
        } else {
            context.status(503)
                    .header("Retry-After", "2")
                    .json(Map.of("status", "error", "message", String.join("; ", obstacles)));
        }
    }

    /** One plugin as operators see it. */
    private record PluginView(
            String id,
            String version,
            String state,
            String origin,
            @Nullable String file,
            @Nullable String reason,
            Instant since) {

        static PluginView of(PluginStatus status) {
            return new PluginView(
                    status.id(),
                    status.version(),
                    status.state().name(),
                    status.origin().name().toLowerCase(Locale.ROOT),
                    status.file().map(String::valueOf).orElse(null),
                    status.reason().orElse(null),
                    status.since());
        }
    }

    private void listPlugins(Context context, Caller caller) {
        context.json(plugins.get().stream().map(PluginView::of).toList());
    }
}
