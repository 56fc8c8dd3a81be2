package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Finds out whether a connection to PostgreSQL is a session of its own. PgBouncer with {@code pool_mode = transaction} gives
 * each transaction another one, and then settings, locks and prepared statements of one client are those of others.
 */
final class SessionProbe {

    /** Other clients of the pooler may get in between and hide what one round looks for. */
    private static final int ROUNDS = 3;

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private SessionProbe() {}

    /** PostgreSQL tells each client the id of its process; a pooler tells a number of its own. */
    static boolean isPooled(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID() != backend(connection);
    }

    /**
     * Whether two connections of a pooler share what must be each one's own. While one is idle, the other begins a
     * transaction: it gets the process of the first, or the first gets another one afterwards, or both keep their own.
     */
    static boolean isShared(Connection idle, Connection other) throws SQLException {
        limit(idle, TIMEOUT_MILLIS);
        limit(other, TIMEOUT_MILLIS);
        other.setAutoCommit(false);
        for (int round = 0; round < ROUNDS; round++) {
            int before = backend(idle);
            int busy = backend(other);
            if (busy == before || backend(idle) != before) {
                return true;
            }
            other.rollback();
        }
        limit(idle, 0);
        return false;
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
