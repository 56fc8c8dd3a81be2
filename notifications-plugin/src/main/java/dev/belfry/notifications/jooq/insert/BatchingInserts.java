package dev.belfry.notifications.jooq.insert;

import dev.belfry.notifications.batch.RequestBatcher;
import dev.belfry.notifications.batch.RequestBatcher.Request;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.jooq.transaction.QueueTimeout;
import java.util.List;
import org.jooq.exception.DataAccessException;

/** Inserts the notifications of concurrent senders in one transaction: a statement and a commit cost more than a row. */
public final class BatchingInserts {

    private final InsertSql sql;
    private final RequestBatcher<StoredRow, Boolean> batcher;

    public BatchingInserts(InsertSql sql) {
        this.sql = sql;
        this.batcher = new RequestBatcher<>(sql.maxWriters(), QueueTimeout::after, this::insert);
    }

    /**
     * Returns after the commit.
     *
     * @return false when the position is in use, and nothing was inserted
     */
    public boolean insert(StoredRow row) {
        return batcher.submit(row);
    }

    private void insert(List<Request<StoredRow, Boolean>> batch) {
        if (batch.size() == 1 || !isInserted(batch)) {
            batch.forEach(this::insertAlone);
        }
    }

    /** @return false when nothing was inserted, and a single row may be the cause */
    private boolean isInserted(List<Request<StoredRow, Boolean>> batch) {
        try {
            sql.insert(batch.stream().map(Request::input).toList());
        } catch (DuplicateSortKey e) {
            return false;
        } catch (DataAccessException e) {
            if (sql.mayConcernOneRow(e)) {
                return false;
            }
            throw e;
        }
        batch.forEach(request -> request.complete(true));
        return true;
    }

    private void insertAlone(Request<StoredRow, Boolean> request) {
        try {
            sql.insert(List.of(request.input()));
            request.complete(true);
        } catch (DuplicateSortKey e) {
            request.complete(false);
        } catch (DataAccessException e) {
            request.fail(e);
        }
    }
}
