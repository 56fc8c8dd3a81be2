package dev.belfry.notifications.jooq;

import java.time.Duration;
import java.util.function.Supplier;

/** Of work in many small steps that nobody waits for: it rests between them, so that others keep most of the database. */
final class Throttle {

    /** Of four moments one is worked. */
    private static final int REST = 3;

    private Duration last = Duration.ZERO;

    /** Does a step. */
    <T> T time(Supplier<T> step) {
        long begin = System.nanoTime();
        try {
            return step.get();
        } finally {
            last = Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    /**
     * Waits before the next step, in proportion to what the last one took.
     *
     * @return false when the thread was interrupted: the rest is to be left
     */
    boolean rest() {
        try {
            Thread.sleep(last.multipliedBy(REST));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
