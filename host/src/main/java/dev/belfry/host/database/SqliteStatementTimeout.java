package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/**
 * Statement timeout for SQLite. The driver uses JDBC's query timeout as the lock timeout, and an interrupt from another
 * thread may arrive late and hit the next statement. SQLite's progress handler runs within the statement, on its own
 * thread.
 */
final class SqliteStatementTimeout implements StatementTimeout {

    /** Steps of SQLite's virtual machine between two checks: well under a millisecond. */
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
