package dev.belfry.host.lifecycle;

import java.time.Duration;

/** The time that the stop of the whole host may take. Until the stop begins, there is no limit. */
public final class StopDeadline {

    /** For the parts of the host that close after the plugins. */
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
     * @param usual how long something may take while the host goes on
     * @param many how many things have to share what is left, this one among them
     * @return how long it may take now; always a moment, in which what is well ends
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

    /** What is left of the whole. */
    synchronized Duration left() {
        return share(limit, 1);
    }
}
