package dev.belfry.host.tracing;

import java.util.Map;

/** The span of a request to another server. */
public interface ClientSpan {

    ClientSpan NONE = new ClientSpan() {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public void responded(int status) {}

        @Override
        public void failed(Throwable failure) {}

        @Override
        public void end() {}
    };

    /** The headers with which the server continues the trace; the names are in lower case. */
    Map<String, String> headers();

    void responded(int status);

    void failed(Throwable failure);

    void end();
}
