package dev.belfry.cli.tracing;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.HostVersion;
import dev.belfry.host.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The SDK of OpenTelemetry, as the variables of the process configure it. Closing exports what is left, for a short time. */
final class TraceExport implements AutoCloseable {

    /** A collector that is down must not hold up the stop of the host. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
    private static final String UNNAMED = "unknown_service";

    /** In place of the SDK's. The host has no metrics and logs of OpenTelemetry: they go other ways. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private final OpenTelemetrySdk sdk;

    private TraceExport(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /** @throws ConfigurationException if a variable has a value that the SDK does not accept */
    static TraceExport start() {
        try {
            return new TraceExport(AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addResourceCustomizer((resource, _) -> named(resource))
                    .addSpanExporterCustomizer((exporter, _) -> new ReportedExport(exporter))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk());
        } catch (RuntimeException e) {
            throw new ConfigurationException(List.of("OpenTelemetry: " + TraceVariables.inVariables(reason(e))));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String first = String.valueOf(failure.getMessage());
        String last = String.valueOf(cause.getMessage());
        return first.contains(last) ? first : first + ": " + last;
    }

    private static Resource named(Resource resource) {
        Resource named = resource;
        String service = resource.getAttribute(SERVICE);
        if (service == null || service.startsWith(UNNAMED)) {
            named = named.merge(Resource.create(Attributes.of(SERVICE, "belfry")));
        }
        return resource.getAttribute(VERSION) == null
                ? named.merge(Resource.create(Attributes.of(VERSION, HostVersion.current())))
                : named;
    }

    Tracing tracing() {
        return Tracing.with(sdk, HostVersion.current());
    }

    @Override
    public void close() {
        sdk.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
