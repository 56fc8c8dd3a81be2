package dev.belfry.host.limit;

import dev.belfry.api.web.ApiError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits what clients make the host hold, in total and per caller, so that one caller cannot use it up alone. Units are
 * bytes or places.
 */
public final class ClientBudget {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String what;
    private final boolean isCallerAtFault;
    private volatile long total;
    private volatile long perCaller;
    private volatile Duration patience;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition released = lock.newCondition();
    private final Map<String, Long> byCaller = new HashMap<>();
    private long taken;

    /**
     * @param what names the units in messages
     * @param patience how long to wait for units that others hold
     */
    public ClientBudget(String what, long total, long perCaller, Duration patience) {
        this(what, total, perCaller, patience, true);
    }

    private ClientBudget(String what, long total, long perCaller, Duration patience, boolean isCallerAtFault) {
        this.what = what;
        this.isCallerAtFault = isCallerAtFault;
        this.total = total;
        this.perCaller = perCaller;
        this.patience = patience;
    }

    /** The same limits; a caller at their limit gets 503, too, as clients of places that are taken for long expect it. */
    public ClientBudget alwaysUnavailable() {
        return new ClientBudget(what, total, perCaller, patience, false);
    }

    /** Other limits from now on. Reservations beyond them stay. */
    public void limit(long total, long perCaller, Duration patience) {
        lock.lock();
        try {
            this.total = total;
            this.perCaller = perCaller;
            this.patience = patience;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The units of one caller, released once. */
    public final class Reservation implements AutoCloseable {

        private final String caller;
        private long units;

        private Reservation(String caller) {
            this.caller = caller;
        }

        /** @throws ApiError 429 (or 503) when the caller is at the limit, 503 when all callers together are */
        public void add(long more) {
            take(caller, more);
            units += more;
        }

        @Override
        public void close() {
            give(caller, units);
            units = 0;
        }
    }

    /** An empty reservation. */
    public Reservation of(String caller) {
        return new Reservation(caller);
    }

    private void take(String caller, long units) {
        lock.lock();
        try {
            long nanos = patience.toNanos();
            while (taken + units > total || ofCaller(caller) + units > perCaller) {
                if (nanos <= 0) {
                    throw refusal(caller, units);
                }
                nanos = released.awaitNanos(nanos);
            }
            taken += units;
            byCaller.merge(caller, units, Long::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(caller, units);
        } finally {
            lock.unlock();
        }
    }

    private ApiError refusal(String caller, long units) {
        if (ofCaller(caller) + units <= perCaller) {
            return ApiError.unavailable("the host is at the limit of " + what + ": " + total, RETRY_AFTER);
        }
        String reason = "the caller is at the limit of " + what + ": " + perCaller;
        return isCallerAtFault
                ? ApiError.tooManyRequests(reason, RETRY_AFTER)
                : ApiError.unavailable(reason, RETRY_AFTER);
    }

    private long ofCaller(String caller) {
        return byCaller.getOrDefault(caller, 0L);
    }

    private void give(String caller, long units) {
        if (units == 0) {
            return;
        }
        lock.lock();
        try {
            taken -= units;
            byCaller.computeIfPresent(caller, (_, held) -> held == units ? null : held - units);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The limit of all callers together. */
    public long total() {
        return total;
    }
}
