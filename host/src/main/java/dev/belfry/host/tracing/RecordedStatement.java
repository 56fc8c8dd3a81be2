package dev.belfry.host.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/** A client span of a database (https://opentelemetry.io/docs/specs/semconv/database/database-spans/). */
record RecordedStatement(Span span) implements StatementSpan {

    static RecordedStatement begin(Tracer tracer, String system, String pluginId, StatementText text) {
        return new RecordedStatement(tracer.spanBuilder(text.summary())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SpanAttributes.DB_SYSTEM, system)
                .setAttribute(SpanAttributes.DB_TEXT, text.text())
                .setAttribute(SpanAttributes.DB_SUMMARY, text.summary())
                .setAttribute(SpanAttributes.PLUGIN, pluginId)
                .startSpan());
    }

    @Override
    public void failed(Throwable failure) {
        SpanErrors.mark(span, failure);
    }

    @Override
    public void end(long rows) {
        if (rows >= 0) {
            span.setAttribute(SpanAttributes.DB_ROWS, rows);
        }
        span.end();
    }
}
