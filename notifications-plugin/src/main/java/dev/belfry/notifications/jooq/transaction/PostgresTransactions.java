package dev.belfry.notifications.jooq.transaction;

import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.exception.DataAccessException;

/** Transactions on PostgreSQL. */
public final class PostgresTransactions implements Transactions {

    /** Lock names contain the schema: several plugins or installations may share a database. */
    private static final String TRY_LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.' || ?, 0))";

    private static final String AWAIT_LOCK =
            "select pg_advisory_xact_lock(hashtextextended(current_schema() || '.' || ?, 0))";

    private static final String LOCK_USER =
            "select pg_advisory_xact_lock(hashtextextended(current_schema() || '.user.' || ?, 0))";

    /** lock_not_available (PostgreSQL, appendix A). */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DSLContext writes;

    public PostgresTransactions(DSLContext writes) {
        this.writes = writes;
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        return writes.transactionResult(transaction -> work.apply(transaction.dsl()));
    }

    /** Two transactions could lock many rows of one user in different orders. */
    @Override
    public <T> T withUserLock(EntityRef user, Function<DSLContext, T> work) {
        return write(transaction -> {
            transaction.execute(LOCK_USER, user.qualifiedName());
            return work.apply(transaction);
        });
    }

    @Override
    public <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work) {
        return write(transaction -> Boolean.TRUE.equals(transaction.fetchValue(TRY_LOCK, name))
                ? Optional.of(work.apply(transaction))
                : Optional.empty());
    }

    @Override
    public void awaitAdvisoryLock(DSLContext transaction, String name) {
        transaction.execute(AWAIT_LOCK, name);
    }

    @Override
    public <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows) {
        return rows.forKeyShare();
    }

    @Override
    public <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows) {
        return rows.forUpdate().skipLocked();
    }

    @Override
    public void setLockTimeout(DSLContext transaction) {
        transaction.execute("set local lock_timeout = '2s'");
    }

    @Override
    public boolean isLockTimeout(RuntimeException failure) {
        return failure instanceof DataAccessException e && LOCK_NOT_AVAILABLE.equals(e.sqlState());
    }
}
