package dev.belfry.host.tracing;

import dev.belfry.api.web.ApiError;
import io.javalin.http.HttpResponseException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.sql.SQLException;

/** Marks spans as failed. Messages stay in the log: they may contain values, which are personal data. */
final class SpanErrors {

    private static final int SERVER_ERROR = 500;

    private SpanErrors() {}

    static void mark(Span span, String type) {
        span.setStatus(StatusCode.ERROR).setAttribute(SpanAttributes.ERROR, type);
    }

    /** A refusal, such as a 404, is a result. */
    static void mark(Span span, Throwable failure) {
        int status = switch (failure) {
            case ApiError error -> error.status();
            case HttpResponseException response -> response.getStatus();
            default -> SERVER_ERROR;
        };
        if (status >= SERVER_ERROR) {
            mark(span, failure.getClass().getName());
        }
        if (failure instanceof SQLException sql && sql.getSQLState() != null) {
            span.setAttribute(SpanAttributes.DB_STATUS, sql.getSQLState());
        }
    }
}
