package dev.belfry.host.operations;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.Routes;
import dev.belfry.host.health.Health;
import dev.belfry.host.metrics.Meters;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** The host's own routes outside {@code /api}. Like a plugin's routes, each declares its access. */
public final class OperatorRoutes {

    private static final Permission READ_METRICS = new Permission("host.metrics.read", Permission.Action.READ);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Meters meters;
    private final StatusPage page;

    public OperatorRoutes(Health health, Meters meters, StatusPage page) {
        this.health = health;
        this.meters = meters;
        this.page = page;
    }

    public void declare(Routes routes) {
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
        page.declare(routes);
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
}
