package dev.belfry.notifications.jooq.transaction;

import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;

/** Write transactions, and the locks that they take. */
public interface Transactions {

    /** Runs the work in a transaction and commits it. An exception rolls it back. */
    <T> T write(Function<DSLContext, T> work);

    /** As {@link #write}, one transaction per user at a time. */
    <T> T withUserLock(EntityRef user, Function<DSLContext, T> work);

    /** As {@link #write}, if no other host holds the lock of this name; otherwise does nothing and returns empty. */
    <T> Optional<T> withAdvisoryLock(String name, Function<DSLContext, T> work);

    /** Waits for the lock of this name, and holds it until the end of the transaction. */
    void awaitAdvisoryLock(DSLContext transaction, String name);

    /** The rows cannot be deleted before the end of the transaction. */
    <R extends Record> Select<R> forKeyShare(SelectForUpdateStep<R> rows);

    /** Locks the rows for deletion. Leaves out rows that another transaction has locked. */
    <R extends Record> Select<R> forUpdateSkipLocked(SelectForUpdateStep<R> rows);

    /** Sets a lock timeout of 2 s; see {@link #isLockTimeout}. */
    void setLockTimeout(DSLContext transaction);

    boolean isLockTimeout(RuntimeException failure);
}
