package dev.belfry.host.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the working time of one request. Time spent waiting for the client does not count. Statements have their own
 * timeout; this limit also ends requests with many short statements.
 */
public final class RequestTimeLimit {

    /** The limit of the request that runs in this thread. */
    public static final ScopedValue<RequestTimeLimit> CURRENT = ScopedValue.newInstance();

    private final Duration limit;
    private final AtomicLong spent = new AtomicLong();
    private volatile long begun = System.nanoTime();

    /** @param limit zero = none */
    public RequestTimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** The request has worked longer than allowed. */
    public static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(Duration limit) {
            super("the request took longer than " + limit
                    + " of working time (belfry.limits.requestTime); request less at a time");
        }
    }

    /** The request starts to wait for its client. */
    public void pause() {
        spent.addAndGet(System.nanoTime() - begun);
    }

    /** @throws Exceeded when the request is out of time */
    public void resume() {
        begun = System.nanoTime();
        check(spent.get());
    }

    /**
     * Checks the request of this thread, if there is one.
     *
     * @throws Exceeded when it is out of time
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
