package dev.belfry.host.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records each request: a line in the access log, and a timer by plugin and route. */
final class RequestLog {

    private static final Logger ACCESS = LoggerFactory.getLogger("access");

    /** For paths that the gateway has not seen, which may be any text. */
    private static final int MAX_PATH = 200;

    private final MeterRegistry meters;
    private final boolean enabled;

    RequestLog(MeterRegistry meters, boolean enabled) {
        this.meters = meters;
        this.enabled = enabled;
    }

    void finished(RequestContext requestContext) {
        if (!requestContext.end()) {
            return;
        }
        Duration took = Duration.ofNanos(requestContext.nanos());
        int status = requestContext.response().getStatus();
        count(requestContext.plugin(), requestContext.method(), requestContext.route(), status, took);
        if (enabled) {
            // Only the path: a query may contain search terms.
            write(
                    requestContext.request().getRemoteAddr(),
                    requestContext.caller(),
                    requestContext.method(),
                    requestContext.path(),
                    status,
                    took,
                    requestContext.id(),
                    requestContext.refusal());
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
            write(
                    Request.getRemoteAddr(request),
                    "-",
                    JettyErrors.method(request).orElse("-"),
                    path.length() > MAX_PATH ? path.substring(0, MAX_PATH) + "..." : path,
                    status,
                    took,
                    Objects.requireNonNullElse(response.getHeaders().get(RequestContext.ID_HEADER), "-"),
                    JettyErrors.reason(request));
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

    private static void write(
            String address,
            String caller,
            String method,
            String path,
            int status,
            Duration took,
            String id,
            String reason) {
        ACCESS.info(
                "{} {} {} {} {} {} ms {}{}",
                address,
                caller,
                method,
                path,
                status,
                took.toMillis(),
                id,
                reason.isEmpty() ? "" : " " + reason);
    }

    /** A client may send any word as the method; a tag must not have unlimited values. */
    private static String knownMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            case null, default -> "OTHER";
        };
    }
}
