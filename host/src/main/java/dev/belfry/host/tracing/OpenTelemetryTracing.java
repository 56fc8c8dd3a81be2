package dev.belfry.host.tracing;

import dev.belfry.host.lifecycle.PluginBoundary;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Spans by the API of OpenTelemetry. */
final class OpenTelemetryTracing implements Tracing {

    private static final String SCOPE = "dev.belfry.host";
    private static final String TRACEPARENT = "traceparent";
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;
    private final TextMapPropagator propagator;

    OpenTelemetryTracing(OpenTelemetry telemetry, String version) {
        this.tracer = telemetry.getTracer(SCOPE, version);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    private enum RequestHeaders implements TextMapGetter<IncomingRequest> {
        INSTANCE;

        @Override
        public Iterable<String> keys(IncomingRequest request) {
            return request.headerNames();
        }

        @Override
        public @Nullable String get(@Nullable IncomingRequest request, String name) {
            return request == null ? null : request.header(name);
        }
    }

    private enum StoredParent implements TextMapGetter<String> {
        INSTANCE;

        @Override
        public Iterable<String> keys(String parent) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String parent, String name) {
            return name.equals(TRACEPARENT) ? parent : null;
        }
    }

    @Override
    public RequestSpan request(IncomingRequest request) {
        Context parent = propagator.extract(Context.current(), request, RequestHeaders.INSTANCE);
        return RecordedRequest.begin(tracer, parent, request);
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T call(PluginWork work, PluginBoundary.Call<T, E> call)
            throws E {
        Context parent = work.parent()
                .map(stored -> W3C.extract(Context.root(), stored, StoredParent.INSTANCE))
                .orElseGet(Context::current);
        SpanBuilder builder = tracer.spanBuilder(work.name())
                .setParent(parent)
                .setSpanKind(work.queued() ? SpanKind.CONSUMER : SpanKind.INTERNAL)
                .setAttribute(SpanAttributes.PLUGIN, work.pluginId());
        if (!work.pluginVersion().isEmpty()) {
            builder.setAttribute(SpanAttributes.PLUGIN_VERSION, work.pluginVersion());
        }
        Span span = builder.startSpan();
        try (Scope _ = SpanScope.enter(parent.with(span))) {
            return call.call();
        } catch (Throwable failure) {
            SpanErrors.mark(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public <T> T traced(Class<T> type, T target, PluginWork.Calls calls) {
        InvocationHandler handler =
                (_, method, arguments) -> call(calls.of(method.getName()), () -> invoke(target, method, arguments));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** Sampled, not recording: work that a request has left behind on another thread is part of its trace after its end. */
    @Override
    public StatementSpan statement(String system, String pluginId, Supplier<StatementText> text) {
        return Span.current().getSpanContext().isSampled()
                ? RecordedStatement.begin(tracer, system, pluginId, text.get())
                : StatementSpan.NONE;
    }

    @Override
    public ClientSpan client(String method, URI uri) {
        Span span = RecordedClient.begin(tracer, method, uri);
        Map<String, List<String>> headers = new HashMap<>();
        propagator.inject(Context.current().with(span), headers, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, List.of(value));
            }
        });
        return new RecordedClient(span, Map.copyOf(headers));
    }

    @Override
    public Runnable carry(Runnable task) {
        Context context = Context.current();
        return () -> {
            try (Scope _ = SpanScope.enter(context)) {
                task.run();
            }
        };
    }

    @Override
    public Optional<String> parent() {
        Map<String, String> fields = new HashMap<>();
        W3C.inject(Context.current(), fields, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return Optional.ofNullable(fields.get(TRACEPARENT));
    }
}
