package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * Cuts off statements of SQLite. The driver takes JDBC's query timeout for that of waiting for a lock, and an interrupt by
 * another thread may come late and hit the next statement; SQLite's progress handler is asked by the statement itself, on its
 * own thread.
 */
final class SqliteStatementTimeout implements StatementTimeout {

    /** Steps of SQLite's virtual machine between two questions: well under a millisecond, so that asking costs nothing. */
    private static final int STEPS = 10_000;

    private static final int GO_ON = 0;
    private static final int CUT_OFF = 1;

    private final long nanos;
    private volatile boolean lifted;

    private SqliteStatementTimeout(long nanos) {
        this.nanos = nanos;
    }

    static StatementTimeout of(Duration timeout) {
        return timeout.isZero() ? StatementTimeout.NONE : new SqliteStatementTimeout(timeout.toNanos());
    }

    @Override
    public StatementDeadline on(Connection connection) throws SQLException {
        Watch watch = new Watch();
        ProgressHandler.setHandler(connection.unwrap(SQLiteConnection.class), STEPS, watch);
        return watch;
    }

    @Override
    public void lift() {
        lifted = true;
    }

    @Override
    public void restore() {
        lifted = false;
    }

    private final class Watch extends ProgressHandler implements StatementDeadline {

        private long begun;
        private boolean working;

        @Override
        public void begin(long spent) {
            begun = System.nanoTime() - spent;
            working = true;
        }

        @Override
        public void end() {
            working = false;
        }

        @Override
        protected int progress() {
            return working && !lifted && System.nanoTime() - begun > nanos ? CUT_OFF : GO_ON;
        }
    }
}
