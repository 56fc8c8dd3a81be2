package dev.belfry.notifications.jooq.insert;

import dev.belfry.notifications.jooq.row.StoredRow;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Inserts notifications, their addressees, and the counter deltas: all of them or none. */
public interface InsertSql {

    /** How many transactions should insert at the same time. */
    int maxWriters();

    /**
     * Inserts in a transaction of its own.
     *
     * @throws DuplicateSortKey when a position is in use, or occurs twice
     */
    void insert(List<StoredRow> rows);

    /**
     * Inserts in a transaction, which has to be rolled back if this fails.
     *
     * @throws DuplicateSortKey when a position is in use, or occurs twice
     */
    void insert(DSLContext transaction, List<StoredRow> rows);

    /** Returns true if nothing was inserted, and a single row may be the cause. */
    boolean mayConcernOneRow(DataAccessException failure);
}
