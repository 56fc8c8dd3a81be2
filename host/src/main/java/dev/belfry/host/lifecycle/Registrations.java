package dev.belfry.host.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that a generation has registered with the host. Undone when the generation stops, in reverse order. */
public final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean closed;

    private record Entry(String what, AutoCloseable undo) {}

    /**
     * Adds a registration.
     *
     * @param what name for the log
     * @throws IllegalStateException when the generation has stopped; {@code undo} has then been run
     */
    public void enter(String what, AutoCloseable undo) {
        Entry entry = new Entry(what, undo);
        synchronized (this) {
            if (!closed) {
                entries.push(entry);
                return;
            }
        }
        run(entry);
        throw new IllegalStateException("the plugin has stopped and cannot register anything (" + what + ")");
    }

    /** Undoes all registrations. A failure is logged and does not stop the others. */
    public void undo() {
        while (true) {
            Entry entry;
            synchronized (this) {
                closed = true;
                entry = entries.poll();
            }
            if (entry == null) {
                return;
            }
            run(entry);
        }
    }

    private static void run(Entry entry) {
        try {
            entry.undo().close();
        } catch (Exception | LinkageError e) {
            LOG.warn("undoing the registration '{}' failed; the others are undone", entry.what(), e);
        }
    }
}
