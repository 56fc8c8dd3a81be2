package dev.belfry.host.tracing;

import io.opentelemetry.api.trace.SpanBuilder;
import java.util.Set;

/** A client may send any word as the method; the name of a span must not have unlimited values. */
final class HttpMethods {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private HttpMethods() {}

    /** For the name of a span. */
    static String nameFor(String method) {
        return KNOWN.contains(method) ? method : "HTTP";
    }

    static void set(SpanBuilder span, String method) {
        if (KNOWN.contains(method)) {
            span.setAttribute(SpanAttributes.METHOD, method);
        } else {
            span.setAttribute(SpanAttributes.METHOD, "_OTHER").setAttribute(SpanAttributes.METHOD_ORIGINAL, method);
        }
    }
}
