package dev.belfry.host.tracing;

import dev.belfry.host.lifecycle.PluginBoundary;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

enum NoTracing implements Tracing {
    INSTANCE;

    @Override
    public RequestSpan request(IncomingRequest request) {
        return RequestSpan.NONE;
    }

    @Override
    public <T extends @Nullable Object, E extends Throwable> T call(PluginWork work, PluginBoundary.Call<T, E> call)
            throws E {
        return call.call();
    }

    @Override
    public <T> T traced(Class<T> type, T target, PluginWork.Calls calls) {
        return target;
    }

    @Override
    public StatementSpan statement(String system, String pluginId, Supplier<StatementText> text) {
        return StatementSpan.NONE;
    }

    @Override
    public ClientSpan client(String method, URI uri) {
        return ClientSpan.NONE;
    }

    @Override
    public Runnable carry(Runnable task) {
        return task;
    }

    @Override
    public Optional<String> parent() {
        return Optional.empty();
    }
}
