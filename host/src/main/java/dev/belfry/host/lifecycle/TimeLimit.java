package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
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
     * @param what name for the message, such as "start of hello"
     * @throws Refusal when the limit has passed; the thread is interrupted
     * @throws Throwable what {@code work} threw
     */
    <T> T call(String what, Work<T> work) throws Throwable {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name(what).start(() -> {
            try {
                done.complete(work.call());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
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
