package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests that are inside one generation, so that it can be left to finish them. */
public final class InFlightRequests {

    private static final int CLOSED = Integer.MIN_VALUE;

    /** Requests inside; plus {@link #CLOSED} once no more are let in. */
    private final AtomicInteger inside = new AtomicInteger();

    private final CountDownLatch empty = new CountDownLatch(1);

    /** Lets one request in, unless draining has begun. */
    public boolean tryTake() {
        while (true) {
            int now = inside.get();
            if (now < 0) {
                return false;
            }
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /**
     * Lets one more in while draining, as long as somebody is inside: what those inside call must not be refused them on the
     * way.
     */
    public boolean tryJoin() {
        while (true) {
            int now = inside.get();
            if (now == CLOSED) {
                return false;
            }
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    public void giveBack() {
        if (inside.decrementAndGet() == CLOSED) {
            empty.countDown();
        }
    }

    /**
     * Lets nobody in any more and waits for those inside.
     *
     * @return false when some were still inside after {@code limit}
     */
    public boolean drain(Duration limit) throws InterruptedException {
        if (inside.getAndUpdate(now -> now < 0 ? now : now + CLOSED) == 0) {
            empty.countDown();
        }
        return empty.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
