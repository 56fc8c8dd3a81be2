package dev.belfry.host.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A client span of HTTP (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). */
record RecordedClient(Span span, Map<String, List<String>> headers) implements ClientSpan {

    private static final int CLIENT_ERROR = 400;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** The URL has no user and no query, which may contain secrets. */
    static Span begin(Tracer tracer, String method, URI uri) {
        SpanBuilder builder = tracer.spanBuilder(HttpMethods.nameFor(method))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SpanAttributes.URL_FULL, uri.getScheme() + "://" + server(uri) + uri.getRawPath())
                .setAttribute(SpanAttributes.SERVER_ADDRESS, uri.getHost())
                .setAttribute(SpanAttributes.SERVER_PORT, (long) port(uri));
        HttpMethods.set(builder, method);
        return builder.startSpan();
    }

    private static String server(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    @Override
    public void responded(int status) {
        span.setAttribute(SpanAttributes.STATUS, (long) status);
        if (status >= CLIENT_ERROR) {
            SpanErrors.mark(span, Integer.toString(status));
        }
    }

    @Override
    public void failed(Throwable failure) {
        SpanErrors.mark(span, failure);
    }

    @Override
    public void end() {
        span.end();
    }
}
