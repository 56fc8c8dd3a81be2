package dev.belfry.host.tracing;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The span of a request to another server. */
public interface ClientSpan {

    /** Sends a request, with the headers of its span, and receives the response. */
    @FunctionalInterface
    interface Sender<T> {
        T send(ClientSpan span) throws IOException;
    }

    ClientSpan NONE = new ClientSpan() {
        @Override
        public Map<String, List<String>> headers() {
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
    Map<String, List<String>> headers();

    void responded(int status);

    void failed(Throwable failure);

    void end();
}
