package dev.belfry.host.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server span (https://opentelemetry.io/docs/specs/semconv/http/http-spans/). */
final class RecordedRequest implements RequestSpan {

    private static final int SERVER_ERROR = 500;
    private static final String HTTP = "HTTP/";

    private final Span span;
    private final Context context;
    private final String method;
    private final AtomicBoolean ended = new AtomicBoolean();

    private RecordedRequest(Span span, Context context, String method) {
        this.span = span;
        this.context = context;
        this.method = method;
    }

    static RecordedRequest begin(Tracer tracer, Context parent, IncomingRequest request) {
        String method = HttpMethods.nameFor(request.method());
        SpanBuilder builder = tracer.spanBuilder(method)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(SpanAttributes.URL_SCHEME, request.scheme())
                .setAttribute(SpanAttributes.URL_PATH, request.path())
                .setAttribute(SpanAttributes.SERVER_ADDRESS, request.serverName())
                .setAttribute(SpanAttributes.SERVER_PORT, (long) request.serverPort())
                .setAttribute(SpanAttributes.CLIENT_ADDRESS, request.clientAddress())
                .setAttribute(SpanAttributes.REQUEST_ID, request.id());
        HttpMethods.set(builder, request.method());
        if (request.protocol().startsWith(HTTP)) {
            builder.setAttribute(
                    SpanAttributes.PROTOCOL_VERSION, request.protocol().substring(HTTP.length()));
        }
        Span span = builder.startSpan();
        return new RecordedRequest(span, parent.with(span), method);
    }

    @Override
    public Scope enter() {
        return SpanScope.enter(context);
    }

    @Override
    public void end(int status, Optional<String> route, String pluginId) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        route.ifPresent(matched -> span.updateName(method + " " + matched).setAttribute(SpanAttributes.ROUTE, matched));
        span.setAttribute(SpanAttributes.PLUGIN, pluginId).setAttribute(SpanAttributes.STATUS, (long) status);
        if (status >= SERVER_ERROR) {
            SpanErrors.mark(span, Integer.toString(status));
        }
        span.end();
    }
}
