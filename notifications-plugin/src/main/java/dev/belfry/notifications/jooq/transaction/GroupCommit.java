package dev.belfry.notifications.jooq.transaction;

import dev.belfry.notifications.batch.RequestBatcher;
import dev.belfry.notifications.batch.RequestBatcher.Request;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Runs the writes of concurrent callers in one transaction, each in a savepoint. On a database with a single writer the commit,
 * which waits for the disk, is the largest part of a write.
 */
final class GroupCommit {

    /** SQLite's code for a violated constraint: it concerns one caller, and the transaction can go on. */
    private static final int CONSTRAINT = 19;

    private static final int PRIMARY_CODE = 0xFF;

    private final DSLContext writes;
    private final RequestBatcher<Function<DSLContext, ?>, Object> batcher =
            new RequestBatcher<>(1, QueueTimeout::after, this::write);

    GroupCommit(DSLContext writes) {
        this.writes = writes;
    }

    /** Returns after the commit. An exception of the work undoes only that work. */
    @SuppressWarnings("unchecked") // The result is what this work has returned.
    <T> T run(Function<DSLContext, T> work) {
        return (T) batcher.submit(work);
    }

    private void write(List<Request<Function<DSLContext, ?>, Object>> batch) {
        if (batch.size() == 1) {
            commitSingle(batch.getFirst());
        } else if (!isWrittenTogether(batch)) {
            batch.stream().filter(request -> !request.isDone()).forEach(this::commitSingle);
        }
    }

    private void commitSingle(Request<Function<DSLContext, ?>, Object> request) {
        try {
            request.complete(
                    writes.transactionResult(transaction -> request.input().apply(transaction.dsl())));
        } catch (RuntimeException e) {
            request.fail(e);
        }
    }

    /** @return false when the transaction was rolled back; requests that failed on their own are done by then */
    private boolean isWrittenTogether(List<Request<Function<DSLContext, ?>, Object>> batch) {
        record Done(Request<Function<DSLContext, ?>, Object> request, Object result) {}
        List<Done> done = new ArrayList<>();
        try {
            writes.transaction(transaction -> {
                for (Request<Function<DSLContext, ?>, Object> request : batch) {
                    try {
                        done.add(new Done(
                                request,
                                transaction
                                        .dsl()
                                        .transactionResult(
                                                savepoint -> request.input().apply(savepoint.dsl()))));
                    } catch (RuntimeException e) {
                        if (endsTransaction(e)) {
                            throw e;
                        }
                        request.fail(e);
                    }
                }
            });
        } catch (RuntimeException e) {
            return false;
        }
        done.forEach(one -> one.request().complete(one.result()));
        return true;
    }

    /** After some failures, such as a full disk, SQLite has rolled back itself, and a further statement would begin anew. */
    private static boolean endsTransaction(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return (e.getErrorCode() & PRIMARY_CODE) != CONSTRAINT;
            }
        }
        return false;
    }
}
