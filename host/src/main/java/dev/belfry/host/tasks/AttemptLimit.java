package dev.belfry.host.tasks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interrupts an attempt on the current thread that takes too long: a handler that hangs would occupy its place for ever. */
final class AttemptLimit {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptLimit.class);
    private static final int SECONDS_TO_REACT = 10;

    private final String label;
    private final Duration limit;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Set once, when the attempt ends or its time is over. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private AttemptLimit(String label, Duration limit) {
        this.label = label;
        this.limit = limit;
    }

    /** @param label name of the queue for the log */
    static AttemptLimit begin(String label, Duration limit) {
        AttemptLimit attempt = new AttemptLimit(label, limit);
        Thread.ofVirtual()
                .name("time limit of queue " + label)
                .inheritInheritableThreadLocals(false)
                .start(attempt::watch);
        return attempt;
    }

    private void watch() {
        try {
            if (ended.await(limit.toNanos(), TimeUnit.NANOSECONDS) || !decided.compareAndSet(false, true)) {
                return;
            }
            worker.interrupt();
            if (!ended.await(SECONDS_TO_REACT, TimeUnit.SECONDS)) {
                LOG.warn(
                        "queue '{}': a handler goes on although it was interrupted after its limit of {}; until it ends,"
                                + " it occupies one of the places of this plugin's queues and jobs",
                        label,
                        limit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the time was over before */
    boolean end() {
        boolean isExceeded = !decided.compareAndSet(false, true);
        ended.countDown();
        if (isExceeded) {
            // It must not hit the next attempt on this thread.
            Thread.interrupted();
        }
        return isExceeded;
    }

    /** The failure of an attempt whose time was over. */
    TimeoutException exceeded(Throwable cause) {
        TimeoutException exceeded = new TimeoutException("the handler did not end within " + limit);
        exceeded.initCause(cause);
        return exceeded;
    }
}
