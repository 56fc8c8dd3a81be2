package dev.belfry.host.database;

/**
 * One run of a statement, from its beginning to its last row: how long the database was at work on it, without what the caller
 * did in between, and how many rows it was about.
 */
final class StatementTimer {

    private static final long UNKNOWN = -1;

    private final String sql;
    private final StatementDeadline deadline;
    private final SlowQueries slow;
    private long begun;
    private long spent;
    private long rows = UNKNOWN;
    private boolean over;

    StatementTimer(String sql, StatementDeadline deadline, SlowQueries slow) {
        this.sql = sql;
        this.deadline = deadline;
        this.slow = slow;
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

    /** Again has no effect. */
    void end() {
        if (!over) {
            over = true;
            slow.ended(sql, spent, rows);
        }
    }
}
