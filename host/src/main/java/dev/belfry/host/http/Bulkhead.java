package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.RequestTimeLimit;
import dev.belfry.host.settings.LimitSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bulkhead: limits how many requests run inside one plugin at a time, so that handlers that never return block this
 * plugin and not the host. A request that finds the bulkhead full waits for a moment and then gets a 503.
 */
final class Bulkhead {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String plugin;

    /** Fair: without fairness a waiting request can starve. */
    private final Permits free;

    private final Supplier<Limits> limits;

    /**
     * @param permits maximum number of concurrent requests
     * @param patience how long a request waits for a permit
     * @param requestTime limit of one request's working time; zero = no limit
     */
    record Limits(int permits, Duration patience, Duration requestTime) {
        /** @param most permits that leave a carrier thread to others */
        static Limits of(LimitSettings settings, int most) {
            return new Limits(
                    Math.min(settings.requestsPerPlugin(), most),
                    settings.patience(),
                    settings.clients().requestTime());
        }
    }

    private static final class Permits extends Semaphore {
        private static final long serialVersionUID = 1L;
        private volatile int most;

        Permits(int most) {
            super(most, true);
            this.most = most;
        }

        void limit(int now) {
            if (now != most) {
                change(now);
            }
        }

        private synchronized void change(int now) {
            if (now > most) {
                release(now - most);
            } else if (now < most) {
                reducePermits(most - now);
            }
            most = now;
        }
    }

    /** @param limits of this moment */
    Bulkhead(String plugin, Supplier<Limits> limits) {
        this.plugin = plugin;
        this.limits = limits;
        this.free = new Permits(limits.get().permits());
    }

    /** For the host's own routes, which must respond whatever plugins do. */
    static Bulkhead unbounded() {
        Limits none = new Limits(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
        return new Bulkhead("host", () -> none);
    }

    /** @throws ApiError 503 when no permit becomes free in time */
    BulkheadPermit enter() {
        Limits now = limits.get();
        free.limit(now.permits());
        try {
            if (free.tryAcquire(now.patience().toNanos(), TimeUnit.NANOSECONDS)) {
                return new BulkheadPermit(this, new RequestTimeLimit(now.requestTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiError.unavailable("the plugin '" + plugin + "' is at its limit of concurrent requests", RETRY_AFTER);
    }

    /** Runs work under a permit and releases the permit. */
    <T> T run(BulkheadPermit permit, Callable<T> work) throws Exception {
        try (permit) {
            return ScopedValue.where(BulkheadPermit.CURRENT, permit)
                    .where(RequestTimeLimit.CURRENT, permit.time())
                    .call(work::call);
        }
    }

    /** Re-enters after a pause. The response has begun, so the request can no longer be rejected. */
    void enterAgain() {
        free.acquireUninterruptibly();
    }

    void leave() {
        free.release();
    }
}
