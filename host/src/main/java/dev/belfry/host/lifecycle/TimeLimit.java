package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs plugin code with a time limit, on a platform thread: a virtual thread in an endless loop would block its
 * carrier.
 */
final class TimeLimit {

    private static final int STACK_DEPTH = 5;

    /** The time for an abandoned call to end. Otherwise, its thread would be reported as a thread that the plugin left running. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** Plugin code. */
    @FunctionalInterface
    interface Work<T> {
        T call() throws Throwable;
    }

    /**
     * @param what name for the message, such as "stop of hello"
     * @throws Refusal when the limit has passed; the thread is interrupted
     * @throws Throwable what {@code work} threw
     */
    <T> T call(String what, Work<T> work) throws Throwable {
        return call(what, work, new CompletableFuture<Void>());
    }

    /**
     * @param abandonment ends the call early: the thread is interrupted
     * @throws CancellationException when the call was abandoned
     */
    <T> T call(String what, Work<T> work, CompletionStage<?> abandonment) throws Throwable {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name(what).start(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        abandonment.thenRun(() -> done.cancel(true));
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            thread.interrupt();
            thread.join(PATIENCE);
            throw e;
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (TimeoutException e) {
            String stack = top(thread);
            thread.interrupt();
            throw new Refusal("the " + what + " took longer than " + limit.toSeconds() + " s; it was at " + stack, e);
        }
    }

    private static String top(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .limit(STACK_DEPTH)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
