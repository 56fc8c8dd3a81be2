package dev.belfry.host.http;

import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.tracing.PluginWork;
import dev.belfry.host.tracing.Tracing;
import java.util.Optional;

/**
 * Calls the handlers of one generation, or of the host.
 *
 * @param work of a plugin; it has a span of its own, which begins after the wait for a permit
 */
record HandlerCalls(PluginBoundary boundary, Tracing tracing, Optional<PluginWork> work) {

    <E extends Exception> void run(PluginBoundary.Action<E> handler) throws E {
        if (work.isPresent()) {
            boundary.run(() -> tracing.run(work.get(), handler));
        } else {
            boundary.run(handler);
        }
    }
}
