package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.RequestTimeLimit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bulkhead: limits how many requests run inside one plugin at a time, so that handlers that never return block this
 * plugin and not the host. A request that finds the bulkhead full waits for a moment and then gets a 503.
 */
final class Bulkhead {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String plugin;

    /** Fair: without fairness a waiting request can starve. */
    private final Semaphore free;

    private final Duration patience;
    private final Duration requestTime;

    /**
     * @param permits maximum number of concurrent requests
     * @param patience how long a request waits for a permit
     * @param requestTime limit of one request's working time; zero = no limit
     */
    Bulkhead(String plugin, int permits, Duration patience, Duration requestTime) {
        this.plugin = plugin;
        this.free = new Semaphore(permits, true);
        this.patience = patience;
        this.requestTime = requestTime;
    }

    /** For the host's own routes, which must respond whatever plugins do. */
    static Bulkhead unbounded() {
        return new Bulkhead("host", Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }

    /** @throws ApiError 503 when no permit becomes free in time */
    BulkheadPermit enter() {
        try {
            if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new BulkheadPermit(this, new RequestTimeLimit(requestTime));
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
