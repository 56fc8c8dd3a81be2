package dev.belfry.notifications.jooq.transaction;

import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;

/** Transactions on SQLite. It has one writer at a time, so no further lock is needed. */
public final class SqliteTransactions implements Transactions {

    private final GroupCommit groupCommit;

    public SqliteTransactions(DSLContext writes) {
        this.groupCommit = new GroupCommit(writes);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        return groupCommit.run(work);
    }

    @Override
    public <T> T withUserLock(EntityRef user, Function<DSLContext, T> work) {
        return write(work);
    }

    @Override
    public <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work) {
        return Optional.of(write(work));
    }

    @Override
    public void awaitAdvisoryLock(DSLContext transaction, String name) {}

    @Override
    public <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows) {
        return rows;
    }

    @Override
    public <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows) {
        return rows;
    }

    @Override
    public void setLockTimeout(DSLContext transaction) {}

    @Override
    public boolean isLockTimeout(RuntimeException failure) {
        return false;
    }
}
