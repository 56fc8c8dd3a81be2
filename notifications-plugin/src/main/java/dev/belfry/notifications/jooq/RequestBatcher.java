package dev.belfry.notifications.jooq;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Does together what several callers ask for at the same time. Who finds too many at work queues; who has done with their work
 * wakes the first of the queue, and that one works for all who queue by then (flat combining). It takes no thread of its own.
 */
final class RequestBatcher<Q, A> {

    private static final int MOST_TOGETHER = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What is done for the callers, on the thread of one of them. */
    @FunctionalInterface
    interface Work<Q, A> {
        /** Answers each of them. What it throws is the outcome of those whom it has not answered. */
        void perform(List<Request<Q, A>> together);
    }

    /** What a caller asks for, and what came of it: written by whoever works, and read once that is done. */
    static final class Request<Q, A> {
        private final Q question;
        private @Nullable A answer;
        private @Nullable RuntimeException failure;
        private boolean answered;

        /** Opened once: when the request is answered, or when its caller is to work. */
        private final CountDownLatch woken = new CountDownLatch(1);

        Request(Q question) {
            this.question = question;
        }

        Q question() {
            return question;
        }

        boolean isAnswered() {
            return answered;
        }

        void answer(A outcome) {
            answer = outcome;
            answered = true;
        }

        void fail(RuntimeException cause) {
            failure = cause;
            answered = true;
        }

        @SuppressWarnings("NullAway") // The answer is what the work gave, null or not.
        private A outcome() {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }
    }

    private final int mostAtWork;
    private final Duration patience;
    private final Work<Q, A> work;
    private final ArrayDeque<Request<Q, A>> queue = new ArrayDeque<>();
    private int atWork;

    /** @param mostAtWork how many groups may be worked for at a time */
    RequestBatcher(int mostAtWork, Work<Q, A> work) {
        this(mostAtWork, PATIENCE, work);
    }

    /** @param patience how long a caller queues before it gives up */
    RequestBatcher(int mostAtWork, Duration patience, Work<Q, A> work) {
        this.mostAtWork = mostAtWork;
        this.patience = patience;
        this.work = work;
    }

    /**
     * What the work has answered, or throws what it has thrown.
     *
     * @throws DataAccessException when the turn does not come in time; nothing is done then
     */
    A ask(Q question) {
        Request<Q, A> mine = new Request<>(question);
        if (!begin(mine)) {
            await(mine);
        }
        if (!mine.isAnswered()) {
            workWith(mine);
        }
        return mine.outcome();
    }

    /** Whether the caller is to work at once. While somebody queues, as many are at work as may be. */
    private synchronized boolean begin(Request<Q, A> mine) {
        if (atWork == mostAtWork) {
            queue.add(mine);
            return false;
        }
        atWork++;
        return true;
    }

    private void await(Request<Q, A> mine) {
        try {
            if (mine.woken.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (leave(mine)) {
            throw new DataAccessException(
                    "no turn at the database",
                    new SQLTransientConnectionException(
                            "no turn at the database within " + patience.toMillis() + " ms"));
        }
        // Somebody works for it: only they know what comes of it.
        awaitWhatever(mine);
    }

    private synchronized boolean leave(Request<Q, A> mine) {
        return queue.remove(mine);
    }

    private static void awaitWhatever(Request<?, ?> mine) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                mine.woken.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void workWith(Request<Q, A> first) {
        List<Request<Q, A>> together = take(first);
        try {
            work.perform(together);
        } catch (RuntimeException e) {
            failRest(together, e);
        } finally {
            failRest(together, new IllegalStateException("nothing came of it"));
            handOver();
            together.forEach(request -> request.woken.countDown());
        }
    }

    private static void failRest(List<? extends Request<?, ?>> together, RuntimeException cause) {
        together.stream().filter(request -> !request.isAnswered()).forEach(request -> request.fail(cause));
    }

    private synchronized List<Request<Q, A>> take(Request<Q, A> first) {
        List<Request<Q, A>> together = new ArrayList<>();
        together.add(first);
        while (!queue.isEmpty() && together.size() < MOST_TOGETHER) {
            together.add(queue.remove());
        }
        return together;
    }

    /** Who is woken has left the queue, so that nobody else takes it along or wakes it for the same turn. */
    private synchronized void handOver() {
        Request<Q, A> next = queue.poll();
        if (next == null) {
            atWork--;
        } else {
            next.woken.countDown();
        }
    }
}
