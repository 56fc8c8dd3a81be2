package dev.belfry.host.nimbus;

import com.nimbusds.jose.KeySourceException;
import dev.belfry.host.tracing.Tracing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's keys: one request at a time, on its own thread. A limited number of callers wait for it, for a
 * limited time.
 */
final class JwkSetRefresh {

    /** Maximum number of waiting callers; others fail at once. */
    static final int MAX_WAITING = 32;

    static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** Limit for issuers that send slowly enough to pass the connect and read timeouts. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(10);

    private final Runnable request;
    private final Tracing tracing;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private @Nullable CompletableFuture<@Nullable Void> running;

    /** @param request records its own result */
    JwkSetRefresh(Runnable request, Tracing tracing) {
        this.request = request;
        this.tracing = tracing;
    }

    synchronized boolean isRunning() {
        return running != null && !running.isDone();
    }

    /** Starts a request unless one is in progress. */
    synchronized CompletableFuture<@Nullable Void> begin() {
        CompletableFuture<@Nullable Void> before = running;
        if (before != null && !before.isDone()) {
            return before;
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        running = done;
        Thread worker = Thread.ofVirtual().name("issuer-keys").start(tracing.carry(() -> {
            try {
                request.run();
            } finally {
                done.complete(null);
            }
        }));
        done.orTimeout(MAX_DURATION.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, tooLate) -> {
            if (tooLate != null) {
                // Interrupting a virtual thread closes the socket that it reads from.
                worker.interrupt();
            }
        });
        return done;
    }

    /** @throws KeySourceException when too many callers wait, or the request takes too long */
    void await() throws KeySourceException {
        if (!waiting.tryAcquire()) {
            throw new KeySourceException("too many requests wait for the issuer's keys");
        }
        try {
            begin().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KeySourceException("the issuer's keys did not arrive in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("interrupted while waiting for the issuer's keys", e);
        } finally {
            waiting.release();
        }
    }
}
