package dev.belfry.host.http;

import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.tracing.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Records each request: a line in the access log, and a timer by plugin and route. */
final class RequestLog {

    private static final Logger ACCESS = LoggerFactory.getLogger("access");

    private static final Set<String> PROBES =
            Set.of("/livez", "/readyz", "/.backstage/health/v1/liveness", "/.backstage/health/v1/readiness");

    /** For paths that the gateway has not seen, which may be any text. */
    private static final int MAX_PATH = 200;

    private final MeterRegistry meters;
    private volatile boolean enabled;

    /** Whether successful probes are logged. */
    private volatile boolean probes;

    RequestLog(MeterRegistry meters, HostSettings settings) {
        this.meters = meters;
        use(settings);
    }

    final void use(HostSettings settings) {
        enabled = settings.belfry().accessLog();
        probes = settings.log().probes();
    }

    static boolean isProbe(String path) {
        return PROBES.contains(path);
    }

    void finished(RequestContext requestContext) {
        if (!requestContext.end()) {
            return;
        }
        requestContext.endSpan();
        Duration took = Duration.ofNanos(requestContext.nanos());
        int status = requestContext.response().getStatus();
        count(requestContext.plugin(), requestContext.method(), requestContext.route(), status, took);
        if (enabled && (probes || status != HttpStatus.OK_200 || !isProbe(requestContext.path()))) {
            // Only the path: a query may contain search terms.
            AccessLine line = new AccessLine(
                    requestContext.request().getRemoteAddr(),
                    requestContext.caller(),
                    requestContext.method(),
                    requestContext.path(),
                    status,
                    took,
                    requestContext.id(),
                    requestContext.plugin(),
                    requestContext.fullRoute(),
                    requestContext.refusal());
            try (Scope _ = requestContext.span().enter()) {
                write(line);
            }
        }
    }

    /** A request that never reached the gateway: malformed HTTP, a preflight, a rejected origin or host name. */
    void finishedByServer(Request request, Response response) {
        if (RequestContext.isKnown(request)) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime());
        int status = response.getStatus();
        count("none", request.getMethod(), "none", status, took);
        if (enabled) {
            String path = JettyErrors.uri(request).map(HttpURI::getPath).orElse("-");
            write(new AccessLine(
                    Request.getRemoteAddr(request),
                    "-",
                    JettyErrors.method(request).orElse("-"),
                    path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "..." : path,
                    status,
                    took,
                    Objects.requireNonNullElse(response.getHeaders().get(RequestContext.ID_HEADER), "-"),
                    "none",
                    Optional.empty(),
                    JettyErrors.reason(request)));
        }
    }

    private void count(String plugin, String method, String route, int status, Duration took) {
        Timer.builder("http.server.requests")
                .description("Requests by plugin, method, route and status")
                .tag("plugin", plugin)
                .tag("method", knownMethod(method))
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(took);
    }

    private record AccessLine(
            String address,
            String caller,
            String method,
            String path,
            int status,
            Duration took,
            String id,
            String plugin,
            Optional<String> route,
            String reason) {

        /** The path has parameters; the route tells what was asked for. */
        String reasonAndRoute() {
            return reason.isEmpty()
                    ? ""
                    : " " + reason
                            + route.map(matched -> " (route " + matched + ")").orElse("");
        }
    }

    /** The pairs are the fields of {@code log.format: json}. */
    private static void write(AccessLine line) {
        LoggingEventBuilder event = ACCESS.atInfo()
                .addKeyValue("client.address", line.address())
                .addKeyValue("user.name", line.caller())
                .addKeyValue("http.request.method", line.method())
                .addKeyValue("url.path", line.path())
                .addKeyValue("http.response.status_code", line.status())
                .addKeyValue("event.duration", line.took().toNanos())
                .addKeyValue("http.request.id", line.id())
                .addKeyValue("plugin", line.plugin());
        if (line.route().isPresent()) {
            event = event.addKeyValue("route", line.route().get());
        }
        if (!line.reason().isEmpty()) {
            event = event.addKeyValue("event.reason", line.reason());
        }
        event.log(
                "{} {} {} {} {} {} ms {}{}",
                line.address(),
                line.caller(),
                line.method(),
                line.path(),
                line.status(),
                line.took().toMillis(),
                line.id(),
                line.reasonAndRoute());
    }

    /** A client may send any word as the method; a tag must not have unlimited values. */
    private static String knownMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            case null, default -> "OTHER";
        };
    }
}
