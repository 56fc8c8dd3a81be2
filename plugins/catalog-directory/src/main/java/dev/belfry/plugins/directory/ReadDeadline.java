package dev.belfry.plugins.directory;

import java.io.InterruptedIOException;
import java.time.Duration;

/** The time limit of one read of a directory. */
public final class ReadDeadline {

    private final Duration limit;
    private final long end;

    private ReadDeadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    public static ReadDeadline after(Duration limit) {
        return new ReadDeadline(limit);
    }

    /**
     * Ends the read if its time is over or the plugin stops.
     *
     * @throws InterruptedIOException when the limit has passed
     * @throws InterruptedException when the thread has been interrupted
     */
    public void check() throws InterruptedIOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the plugin stops");
        }
        if (System.nanoTime() - end >= 0) {
            throw new InterruptedIOException("reading took longer than schedule.timeout, which is " + limit);
        }
    }
}
