package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Detects poolers that share sessions. With {@code pool_mode = transaction}, PgBouncer may use another session for each
 * transaction, and settings, locks and prepared statements of clients mix.
 */
final class SessionProbe {

    /** Other clients of the pooler may interfere with a single round. */
    private static final int ROUNDS = 3;

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private SessionProbe() {}

    /** PostgreSQL reports its process id to each client; a pooler reports a number of its own. */
    static boolean isPooled(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID() != backend(connection);
    }

    /**
     * Whether two connections share sessions. While one is idle, the other begins a transaction: it gets the first
     * one's process, or the first gets another process afterwards, or both keep their own.
     */
    static boolean isShared(Connection idle, Connection other) throws SQLException {
        limit(idle, TIMEOUT_MILLIS);
        limit(other, TIMEOUT_MILLIS);
        other.setAutoCommit(false);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                int before = backend(idle);
                int busy = backend(other);
                if (busy == before || backend(idle) != before) {
                    return true;
                }
                other.rollback();
            }
            return false;
        } finally {
            limit(idle, 0);
        }
    }

    private static void limit(Connection connection, int millis) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, millis);
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
