package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests inside one generation, so that a stop can wait for them. */
public final class InFlightRequests {

    private static final int CLOSED = Integer.MIN_VALUE;

    /** Number of requests inside; plus {@link #CLOSED} once draining has begun. */
    private final AtomicInteger inside = new AtomicInteger();

    private final CountDownLatch empty = new CountDownLatch(1);

    /** Counts a new request, unless draining has begun. */
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
     * Counts a nested call. Also allowed while draining as long as a request is inside: calls that a request makes must
     * not fail halfway.
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
     * Refuses new requests and waits for those inside.
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
