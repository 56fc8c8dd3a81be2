package dev.belfry.host.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Makes a context current. The logging context names its span, with the keys of OpenTelemetry's own instrumentation.
 *
 * @param traceId the entry before
 * @param spanId the entry before
 */
record SpanScope(
        io.opentelemetry.context.Scope current,
        @Nullable String traceId,
        @Nullable String spanId) implements Scope {

    private static final String TRACE = "trace_id";
    private static final String SPAN = "span_id";

    @SuppressWarnings("MustBeClosedChecker") // close() closes it.
    static Scope enter(Context context) {
        SpanScope scope = new SpanScope(context.makeCurrent(), MDC.get(TRACE), MDC.get(SPAN));
        SpanContext span = Span.fromContext(context).getSpanContext();
        if (span.isValid()) {
            MDC.put(TRACE, span.getTraceId());
            MDC.put(SPAN, span.getSpanId());
        }
        return scope;
    }

    @Override
    public void close() {
        restore(TRACE, traceId);
        restore(SPAN, spanId);
        current.close();
    }

    private static void restore(String key, @Nullable String before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
