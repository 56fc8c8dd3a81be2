package dev.belfry.host.tracing;

import dev.belfry.host.lifecycle.PluginBoundary;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records spans of the host's work. The other packages do not see OpenTelemetry: a host that records nothing loads none of its classes.
 */
public interface Tracing {

    /** Records nothing. */
    static Tracing off() {
        return NoTracing.INSTANCE;
    }

    /** @param version of the host */
    static Tracing with(OpenTelemetry telemetry, String version) {
        return new OpenTelemetryTracing(telemetry, version);
    }

    /** Begins the span of a request. It continues the trace that the client names. */
    RequestSpan request(IncomingRequest request);

    /** Runs code of a plugin in a span. */
    <T extends @Nullable Object, E extends Throwable> T call(PluginWork work, PluginBoundary.Call<T, E> call) throws E;

    /** Runs code of a plugin in a span. */
    default <E extends Throwable> void run(PluginWork work, PluginBoundary.Action<E> action) throws E {
        call(work, () -> {
            action.run();
            return true;
        });
    }

    /**
     * An object of a plugin whose calls have spans.
     *
     * @param type an interface
     */
    <T> T traced(Class<T> type, T target, PluginWork.Calls calls);

    /**
     * Begins the span of a statement. A statement outside of traced work has none: schedulers look into their tables each second.
     *
     * @param system {@code postgresql} or {@code sqlite}
     */
    StatementSpan statement(String system, String pluginId, Supplier<StatementText> text);

    /** Begins the span of a request to another server. */
    ClientSpan client(String method, URI uri);

    /** Sends a request to another server in a span. */
    default <T> T exchange(String method, URI uri, ClientSpan.Sender<T> sender) throws IOException {
        ClientSpan span = client(method, uri);
        try {
            return sender.send(span);
        } catch (IOException | RuntimeException failure) {
            span.failed(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    /** The task, which continues the trace of the calling thread on another one. */
    Runnable carry(Runnable task);

    /** The current span as {@code traceparent} (W3C Trace Context, section 3.2); empty when there is none. */
    Optional<String> parent();
}
