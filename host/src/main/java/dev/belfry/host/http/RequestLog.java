package dev.belfry.host.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is kept of each request: a line in the access log, and a timer by plugin and route. */
final class RequestLog {

    private static final Logger ACCESS = LoggerFactory.getLogger("access");

    private final MeterRegistry meters;
    private final boolean enabled;

    RequestLog(MeterRegistry meters, boolean enabled) {
        this.meters = meters;
        this.enabled = enabled;
    }

    void finished(Exchange exchange) {
        if (!exchange.end()) {
            return;
        }
        Duration took = Duration.ofNanos(exchange.nanos());
        int status = exchange.response().getStatus();
        Timer.builder("http.server.requests")
                .description("Requests by plugin, method, route and status")
                .tag("plugin", exchange.plugin())
                .tag("method", knownMethod(exchange.method()))
                .tag("route", exchange.route())
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(took);
        if (enabled) {
            // The path alone: a query may hold what somebody searched for.
            ACCESS.info(
                    "{} {} {} {} {} ms {}",
                    exchange.caller(),
                    exchange.method(),
                    exchange.path(),
                    status,
                    took.toMillis(),
                    exchange.id());
        }
    }

    /** A client may send any word as its method; the tag must not grow with it. */
    private static String knownMethod(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "OTHER";
        };
    }
}
