package dev.belfry.cli.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once that spans cannot be exported, and once that they can be again. The SDK would log each failure with a stack trace. */
final class ReportedExport implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(ReportedExport.class);

    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    ReportedExport(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> report(result));
        return result;
    }

    private void report(CompletableResultCode result) {
        if (result.isSuccess()) {
            if (failing.getAndSet(false)) {
                LOG.info("traces are exported again");
            }
        } else if (!failing.getAndSet(true)) {
            LOG.warn(
                    "traces cannot be exported: {}. The host works without them, and drops spans until the collector"
                            + " accepts them. Check the collector, and that OTEL_EXPORTER_OTLP_ENDPOINT names its port"
                            + " for OTLP over HTTP, which usually is 4318",
                    reason(result));
        }
    }

    private static String reason(CompletableResultCode result) {
        Throwable failure = result.getFailureThrowable();
        if (failure == null) {
            return "the collector refuses them";
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    /** For the SDK's own logging. */
    @Override
    public String toString() {
        return exporter.toString();
    }
}
