package dev.belfry.notifications.jooq.transaction;

import java.time.Duration;
import java.util.function.Supplier;

/** Paces background work: pauses after each step, so that most of the database's time is left to requests. */
public final class Throttle {

    /** A pause takes this many times as long as the step before it. */
    private static final int PAUSE_FACTOR = 3;

    private Duration last = Duration.ZERO;

    public <T> T run(Supplier<T> step) {
        long begin = System.nanoTime();
        try {
            return step.get();
        } finally {
            last = Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /**
     * Pauses before the next step.
     *
     * @return false when the thread was interrupted: the caller has to stop
     */
    public boolean pause() {
        try {
            Thread.sleep(last.multipliedBy(PAUSE_FACTOR));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
