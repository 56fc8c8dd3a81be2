package dev.belfry.host.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a generation took from the host. It is undone when the generation stops, last taken first. */
public final class Registrations {

    private static final Logger LOG = LoggerFactory.getLogger(Registrations.class);

    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean closed;

    private record Entry(String what, AutoCloseable undo) {}

    /**
     * Enters something taken.
     *
     * @param what for the log, when undoing it fails
     * @throws IllegalStateException when everything has been undone already; {@code undo} has then been run
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
        throw new IllegalStateException("the plugin has stopped: it can take nothing more (" + what + ")");
    }

    /** Undoes everything. What fails is logged and does not keep the rest from being undone. */
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
            LOG.warn("could not undo: {}", entry.what(), e);
        }
    }
}
