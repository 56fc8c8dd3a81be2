package dev.belfry.host.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that one request may work. Time in which it waits for its client does not count. A statement has a limit of its own;
 * this one also ends a request whose many statements are each short.
 */
public final class RequestTimeLimit {

    /** Of the request that runs in this thread. */
    public static final ScopedValue<RequestTimeLimit> CURRENT = ScopedValue.newInstance();

    private final Duration limit;
    private final AtomicLong spent = new AtomicLong();
    private volatile long begun = System.nanoTime();

    /** @param limit zero = none */
    public RequestTimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** The request has worked for longer than it may. */
    public static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(Duration limit) {
            super("the request has worked for longer than " + limit
                    + " (belfry.limits.requestTime); ask for less at a time");
        }
    }

    /** The request begins to wait for its client. */
    public void pause() {
        spent.addAndGet(System.nanoTime() - begun);
    }

    /** @throws Exceeded when it may not go on */
    public void resume() {
        begun = System.nanoTime();
        check(spent.get());
    }

    /**
     * Checks the request of this thread, if there is one.
     *
     * @throws Exceeded when it may not go on
     */
    public static void checkCurrent() {
        if (CURRENT.isBound()) {
            RequestTimeLimit time = CURRENT.get();
            time.check(time.spent.get() + System.nanoTime() - time.begun);
        }
    }

    private void check(long nanos) {
        if (!limit.isZero() && nanos > limit.toNanos()) {
            throw new Exceeded(limit);
        }
    }
}
