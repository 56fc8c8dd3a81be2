package dev.belfry.host.lifecycle;

import java.time.Duration;

/** The time limit for stopping the whole host. Until the stop begins, there is no limit. */
public final class StopDeadline {

    /** For the parts of the host that stop after the plugins. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Duration limit;
    private long begun;
    private boolean hasBegun;

    public StopDeadline(Duration limit) {
        this.limit = limit;
    }

    public synchronized void begin() {
        if (!hasBegun) {
            begun = System.nanoTime();
            hasBegun = true;
        }
    }

    /**
     * @param usual limit while the host is not stopping
     * @param many number of operations that share the remaining time, including this one
     * @return the limit now; never zero, so that a healthy operation completes
     */
    synchronized Duration share(Duration usual, int many) {
        if (!hasBegun) {
            return usual;
        }
        Duration left =
                limit.minus(RESERVE).minusNanos(System.nanoTime() - begun).dividedBy(many);
        Duration share = left.compareTo(MOMENT) < 0 ? MOMENT : left;
        return share.compareTo(usual) < 0 ? share : usual;
    }

    /** The remaining time. */
    synchronized Duration left() {
        return share(limit, 1);
    }
}
