package dev.belfry.notifications.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles requests that arrive at the same time in one batch (flat combining). While the maximum number of batches runs, new
 * requests queue. A batch that ends wakes the first request of the queue, whose thread then handles every queued request. There
 * is no thread of its own.
 *
 * @param <I> input of a request
 * @param <R> result of a request
 */
public final class RequestBatcher<I, R> {

    private static final int MAX_BATCH_SIZE = 128;
    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(10);

    /** Handles a batch, on the thread of one of its callers. */
    @FunctionalInterface
    public interface Handler<I, R> {
        /** Completes or fails each request. An exception fails the requests that are not done yet. */
        void handle(List<Request<I, R>> batch);
    }

    /** One caller's input and its result. The handling thread writes the result; the caller reads it after it is woken. */
    public static final class Request<I, R> {
        private final I input;
        private @Nullable R result;
        private @Nullable RuntimeException failure;
        private boolean done;

        /** Counted down once: when the request is done, or when its caller has to handle the next batch. */
        private final CountDownLatch woken = new CountDownLatch(1);

        Request(I input) {
            this.input = input;
        }

        public I input() {
            return input;
        }

        public boolean isDone() {
            return done;
        }

        public void complete(R value) {
            result = value;
            done = true;
        }

        public void fail(RuntimeException cause) {
            failure = cause;
            done = true;
        }

        @SuppressWarnings("NullAway") // The result is what the handler set, null or not.
        private R result() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    private final int maxRunning;
    private final Duration queueTimeout;
    private final Function<Duration, RuntimeException> timedOut;
    private final Handler<I, R> handler;
    private final ArrayDeque<Request<I, R>> queue = new ArrayDeque<>();
    private int running;

    /**
     * @param maxRunning how many batches may run at the same time
     * @param timedOut makes the exception for a request that has queued too long
     */
    public RequestBatcher(int maxRunning, Function<Duration, RuntimeException> timedOut, Handler<I, R> handler) {
        this(maxRunning, QUEUE_TIMEOUT, timedOut, handler);
    }

    RequestBatcher(
            int maxRunning,
            Duration queueTimeout,
            Function<Duration, RuntimeException> timedOut,
            Handler<I, R> handler) {
        this.maxRunning = maxRunning;
        this.queueTimeout = queueTimeout;
        this.timedOut = timedOut;
        this.handler = handler;
    }

    /** Returns the result of the input, or throws its failure. A request that times out in the queue is not handled. */
    public R submit(I input) {
        Request<I, R> request = new Request<>(input);
        if (!startOrQueue(request)) {
            await(request);
        }
        if (!request.isDone()) {
            handleBatch(request);
        }
        return request.result();
    }

    /** Returns true if the caller may handle a batch now. While the queue is not empty, the maximum number is running. */
    private synchronized boolean startOrQueue(Request<I, R> request) {
        if (running == maxRunning) {
            queue.add(request);
            return false;
        }
        running++;
        return true;
    }

    private void await(Request<I, R> request) {
        try {
            if (request.woken.await(queueTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (removeFromQueue(request)) {
            throw timedOut.apply(queueTimeout);
        }
        // A batch already contains the request: only that batch knows its result.
        awaitUninterruptibly(request);
    }

    private synchronized boolean removeFromQueue(Request<I, R> request) {
        return queue.remove(request);
    }

    private static void awaitUninterruptibly(Request<?, ?> request) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                request.woken.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handleBatch(Request<I, R> first) {
        List<Request<I, R>> batch = takeBatch(first);
        try {
            handler.handle(batch);
        } catch (RuntimeException e) {
            failRest(batch, e);
        } finally {
            failRest(batch, new IllegalStateException("the handler neither completed nor failed the request"));
            wakeNext();
            batch.forEach(request -> request.woken.countDown());
        }
    }

    private static void failRest(List<? extends Request<?, ?>> batch, RuntimeException cause) {
        batch.stream().filter(request -> !request.isDone()).forEach(request -> request.fail(cause));
    }

    private synchronized List<Request<I, R>> takeBatch(Request<I, R> first) {
        List<Request<I, R>> batch = new ArrayList<>();
        batch.add(first);
        while (!queue.isEmpty() && batch.size() < MAX_BATCH_SIZE) {
            batch.add(queue.remove());
        }
        return batch;
    }

    /** The woken request has left the queue, so no other batch can take or wake it. */
    private synchronized void wakeNext() {
        Request<I, R> next = queue.poll();
        if (next == null) {
            running--;
        } else {
            next.woken.countDown();
        }
    }
}
