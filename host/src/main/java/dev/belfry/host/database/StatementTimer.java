package dev.belfry.host.database;

import dev.belfry.host.tracing.StatementSpan;

/**
 * Measures one execution of a statement, until its last row: the time that the database worked, without the caller's
 * time between rows, and the number of rows.
 */
final class StatementTimer {

    private static final long UNKNOWN = -1;

    private final String sql;
    private final StatementDeadline deadline;
    private final SlowQueries slow;
    private final StatementSpan span;
    private long begun;
    private long spent;
    private long rows = UNKNOWN;
    private boolean over;

    StatementTimer(String sql, StatementDeadline deadline, SlowQueries slow, StatementSpan span) {
        this.sql = sql;
        this.deadline = deadline;
        this.slow = slow;
        this.span = span;
    }

    void begin() {
        deadline.begin(spent);
        begun = System.nanoTime();
    }

    void pause() {
        spent += System.nanoTime() - begun;
        deadline.end();
    }

    void read() {
        rows = rows == UNKNOWN ? 1 : rows + 1;
    }

    void changed(long many) {
        rows = many;
    }

    void failed(Throwable failure) {
        span.failed(failure);
    }

    /** Repeated calls have no effect. */
    void end() {
        if (!over) {
            over = true;
            slow.ended(sql, spent, rows);
            span.end(rows);
        }
    }
}
