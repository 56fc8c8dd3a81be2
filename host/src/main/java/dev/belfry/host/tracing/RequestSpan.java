package dev.belfry.host.tracing;

import java.util.Optional;

/** The span of a request to the host. */
public interface RequestSpan {

    RequestSpan NONE = new RequestSpan() {
        @Override
        public Scope enter() {
            return Scope.NONE;
        }

        @Override
        public void end(int status, Optional<String> route, String pluginId) {}
    };

    /** Also after the end, for log lines about the request. */
    Scope enter();

    /**
     * Repeated calls have no effect.
     *
     * @param route the matched route from the root of the host
     */
    void end(int status, Optional<String> route, String pluginId);
}
