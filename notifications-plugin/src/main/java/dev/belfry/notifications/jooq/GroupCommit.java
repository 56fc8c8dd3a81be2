package dev.belfry.notifications.jooq;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the writes of many callers into one transaction, where one alone may write at a time: waiting for the disk is what a
 * commit costs, and callers who wait together wait once. Whoever finds nobody writing writes for all who queue.
 */
final class GroupCommit {

    private static final int MAX_GROUP = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Refused by a constraint: one caller's fault, after which SQLite lets the transaction go on. */
    private static final int CONSTRAINT = 19;

    private static final int PRIMARY_CODE = 0xFF;

    private final DSLContext writes;
    private final ConcurrentLinkedQueue<Request<?>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();

    GroupCommit(DSLContext writes) {
        this.writes = writes;
    }

    /** One caller's work, and what came of it. Written by whoever has the turn, and read after one's own turn. */
    private static final class Request<T> {
        final Function<DSLContext, T> work;
        private @Nullable T result;
        private @Nullable RuntimeException failure;
        private boolean answered;

        Request(Function<DSLContext, T> work) {
            this.work = work;
        }

        void perform(DSLContext inside) {
            result = work.apply(inside);
        }

        void succeed() {
            answered = true;
        }

        void fail(RuntimeException cause) {
            failure = cause;
            answered = true;
        }

        @SuppressWarnings("NullAway") // A result is what the work returned, null or not.
        T outcome() {
            if (failure != null) {
                throw failure;
            }
            return result;
        }
    }

    /** Does the work in a transaction that is committed when this returns. What the work throws undoes its part alone. */
    <T> T run(Function<DSLContext, T> work) {
        Request<T> request = new Request<>(work);
        queue.add(request);
        takeTurn(request);
        try {
            while (!request.answered) {
                writeForAll();
            }
        } finally {
            turn.unlock();
        }
        return request.outcome();
    }

    private void takeTurn(Request<?> request) {
        try {
            if (turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (queue.remove(request)) {
            throw new DataAccessException(
                    "no turn to write",
                    new SQLTransientConnectionException("no turn to write within " + PATIENCE.toSeconds() + " s"));
        }
        // Somebody is writing it: only they know what comes of it.
        turn.lock();
    }

    private void writeForAll() {
        List<Request<?>> group = new ArrayList<>();
        for (Request<?> next = queue.poll(); next != null; next = group.size() < MAX_GROUP ? queue.poll() : null) {
            group.add(next);
        }
        if (group.size() == 1) {
            writeAlone(group.getFirst());
        } else if (!isWrittenTogether(group)) {
            group.stream().filter(request -> !request.answered).forEach(this::writeAlone);
        }
    }

    private void writeAlone(Request<?> request) {
        try {
            writes.transaction(transaction -> request.perform(transaction.dsl()));
            request.succeed();
        } catch (RuntimeException e) {
            request.fail(e);
        }
    }

    /** @return false when nothing was stored for anybody, but for those who have failed by themselves */
    private boolean isWrittenTogether(List<Request<?>> group) {
        List<Request<?>> done = new ArrayList<>();
        try {
            writes.transaction(transaction -> {
                for (Request<?> request : group) {
                    try {
                        transaction.dsl().transaction(savepoint -> request.perform(savepoint.dsl()));
                        done.add(request);
                    } catch (RuntimeException e) {
                        if (endsTransaction(e)) {
                            throw e;
                        }
                        request.fail(e);
                    }
                }
            });
            done.forEach(Request::succeed);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** After a full disk, say, SQLite has taken everything back by itself, and a further statement would begin anew. */
    private static boolean endsTransaction(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return (e.getErrorCode() & PRIMARY_CODE) != CONSTRAINT;
            }
        }
        return false;
    }
}
