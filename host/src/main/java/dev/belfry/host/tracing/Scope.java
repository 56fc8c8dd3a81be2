package dev.belfry.host.tracing;

/** While it is open, spans that begin on this thread are children of its span, and log lines name it. Closed by the same thread. */
@FunctionalInterface
public interface Scope extends AutoCloseable {

    Scope NONE = () -> {};

    @Override
    void close();
}
