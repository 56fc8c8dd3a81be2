package dev.belfry.host.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belfry.api.access.Access;
import dev.belfry.api.access.Caller;
import dev.belfry.api.web.Routes;
import dev.belfry.host.health.Health;
import dev.belfry.host.lifecycle.FailureClass;
import dev.belfry.host.metrics.Meters;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host's own routes outside {@code /api}. Like a plugin's routes, each declares its access. */
public final class OperatorRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Meters meters;
    private final Console console;

    public OperatorRoutes(Health health, Meters meters, Console console) {
        this.health = health;
        this.meters = meters;
        this.console = console;
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
                HostPermissions.READ_METRICS,
                (context, caller) -> context.contentType(PROMETHEUS_TEXT).result(meters.scrape()));
        console.declare(routes);
    }

    /** @param failed the plugins that failed, also if the host is ready */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Readiness(
            String status,
            @Nullable String message,
            @Nullable Map<String, FailureClass> failed) {}

    private void readiness(Context context, Caller caller) {
        List<String> obstacles = health.reasons();
        Map<String, FailureClass> failed = health.failed();
        Readiness readiness = new Readiness(
                obstacles.isEmpty() ? "ok" : "error",
                obstacles.isEmpty() ? null : String.join("; ", obstacles),
                failed.isEmpty() ? null : failed);
        if (!obstacles.isEmpty()) {
            context.status(503).header("Retry-After", "2");
        }
        context.json(readiness);
    }
}
