package dev.belfry.notifications.jooq;

import dev.belfry.notifications.jooq.RequestBatcher.Request;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Puts the writes of many callers into one transaction, where one alone may write at a time: waiting for the disk is what a
 * commit costs, and callers who wait together wait once.
 */
final class GroupCommit {

    /** Refused by a constraint: one caller's fault, after which SQLite lets the transaction go on. */
    private static final int CONSTRAINT = 19;

    private static final int PRIMARY_CODE = 0xFF;

    private final DSLContext writes;
    private final RequestBatcher<Function<DSLContext, ?>, Object> callers = new RequestBatcher<>(1, this::write);

    GroupCommit(DSLContext writes) {
        this.writes = writes;
    }

    /** Does the work in a transaction that is committed when this returns. What the work throws undoes its part alone. */
    @SuppressWarnings("unchecked") // The answer is what this work has returned.
    <T> T run(Function<DSLContext, T> work) {
        return (T) callers.ask(work);
    }

    private void write(List<Request<Function<DSLContext, ?>, Object>> group) {
        if (group.size() == 1) {
            withAdvisoryLock(group.getFirst());
        } else if (!isWrittenTogether(group)) {
            group.stream().filter(request -> !request.isAnswered()).forEach(this::withAdvisoryLock);
        }
    }

    private void withAdvisoryLock(Request<Function<DSLContext, ?>, Object> request) {
        try {
            request.answer(
                    writes.transactionResult(transaction -> request.question().apply(transaction.dsl())));
        } catch (RuntimeException e) {
            request.fail(e);
        }
    }

    /** @return false when nothing was stored for anybody, but for those who have failed by themselves */
    private boolean isWrittenTogether(List<Request<Function<DSLContext, ?>, Object>> group) {
        record Done(Request<Function<DSLContext, ?>, Object> request, Object result) {}
        List<Done> done = new ArrayList<>();
        try {
            writes.transaction(transaction -> {
                for (Request<Function<DSLContext, ?>, Object> request : group) {
                    try {
                        done.add(new Done(
                                request,
                                transaction
                                        .dsl()
                                        .transactionResult(
                                                savepoint -> request.question().apply(savepoint.dsl()))));
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
        done.forEach(one -> one.request().answer(one.result()));
        return true;
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
