package dev.belfry.host.nimbus;

import com.nimbusds.jose.KeySourceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A request to an issuer for its keys: one at a time, on a thread of its own, for which a few wait a little. */
final class JwkSetRefresh {

    /** How many may wait; the others are told at once to come again. */
    static final int MAX_WAITING = 32;

    static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** An issuer that sends a byte now and then keeps within the timeouts of connecting and reading. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(10);

    private final Runnable request;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private @Nullable CompletableFuture<@Nullable Void> running;

    /** @param request notes by itself how it ended */
    JwkSetRefresh(Runnable request) {
        this.request = request;
    }

    synchronized boolean isRunning() {
        return running != null && !running.isDone();
    }

    /** Sends the request, unless one is under way. */
    synchronized CompletableFuture<@Nullable Void> begin() {
        CompletableFuture<@Nullable Void> before = running;
        if (before != null && !before.isDone()) {
            return before;
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        running = done;
        Thread worker = Thread.ofVirtual().name("issuer-keys").start(() -> {
            try {
                request.run();
            } finally {
                done.complete(null);
            }
        });
        done.orTimeout(MAX_DURATION.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, tooLate) -> {
            if (tooLate != null) {
                // It closes the socket that a virtual thread reads from.
                worker.interrupt();
            }
        });
        return done;
    }

    /** @throws KeySourceException when too many wait already, or it takes too long */
    void await() throws KeySourceException {
        if (!waiting.tryAcquire()) {
            throw new KeySourceException("too many requests wait for the issuer's keys");
        }
        try {
            begin().get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new KeySourceException("the issuer's keys do not come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeySourceException("interrupted while waiting for the issuer's keys", e);
        } finally {
            waiting.release();
        }
    }
}
