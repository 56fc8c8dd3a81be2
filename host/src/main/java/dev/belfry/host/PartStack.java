package dev.belfry.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a host that must be closed, in reverse order. */
final class PartStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PartStack.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    void closeLast(AutoCloseable part) {
        parts.addLast(part);
    }

    /** The threads of the parts so far must not outlive a step that is refused, such as by a faulty catalog. */
    <T> T orClose(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException | Error refused) {
            close();
            throw refused;
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn(
                        "{} did not close cleanly; the other parts are closed",
                        part.getClass().getSimpleName(),
                        e);
            }
        }
    }
}
