package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.limit.RequestTimeLimit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how much of one plugin runs at a time, so that handlers which never come back take that plugin's share of the host
 * and not more. Who comes when it is full waits a little and is then told to come again.
 */
final class Bulkhead {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String plugin;

    /** Fair: with barging, somebody might wait in vain while others pass. */
    private final Semaphore free;

    private final Duration patience;
    private final Duration requestTime;

    /**
     * @param permits how many may be inside
     * @param patience how long to wait for one of them to leave
     * @param requestTime how long one request may work; zero = no limit
     */
    Bulkhead(String plugin, int permits, Duration patience, Duration requestTime) {
        this.plugin = plugin;
        this.free = new Semaphore(permits, true);
        this.patience = patience;
        this.requestTime = requestTime;
    }

    /** For the host's own routes, which must answer whatever plugins do. */
    static Bulkhead unbounded() {
        return new Bulkhead("host", Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
    }

    /** @throws ApiError 503 when it stays full */
    BulkheadPermit enter() {
        try {
            if (free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new BulkheadPermit(this, new RequestTimeLimit(requestTime));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiError.unavailable("the plugin '" + plugin + "' has as many requests as it may work on", RETRY_AFTER);
    }

    /** Runs work under a permit, which is given back afterwards. */
    <T> T run(BulkheadPermit permit, Callable<T> work) throws Exception {
        try (permit) {
            return ScopedValue.where(BulkheadPermit.CURRENT, permit)
                    .where(RequestTimeLimit.CURRENT, permit.time())
                    .call(work::call);
        }
    }

    /** For a request that has been inside and has begun to answer: it can no longer be refused. */
    void enterAgain() {
        free.acquireUninterruptibly();
    }

    void leave() {
        free.release();
    }
}
