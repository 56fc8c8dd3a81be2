package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL, directly or through a pooler in session mode. */
final class PostgresSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    /** PgBouncer's error for a parameter that {@code ignore_startup_parameters} does not name. */
    private static final Pattern UNKNOWN_PARAMETER = Pattern.compile("unsupported startup parameter[^:]*: *(\\S+)");

    private static final Pattern STATEMENT_POOLING = Pattern.compile("statement pooling mode");

    /** Some servers of other protocols accept a connection and say nothing. */
    private static final int SILENCE_SECONDS = 10;

    private @Nullable String schema;
    private boolean limitsSilence;
    private volatile boolean provenOwn;

    /** While a connection is opened; later, statements can take longer. A {@code socketTimeout} of the URL is kept. */
    void limitSilence() {
        if (getSocketTimeout() == 0) {
            setSocketTimeout(SILENCE_SECONDS);
            limitsSilence = true;
        }
    }

    /** Not as a connection option, which PgBouncer rejects or, worse, ignores. */
    void useSchema(String name) {
        schema = name;
    }

    /** Null until {@link #useSchema}. */
    @Nullable
    String schema() {
        return schema;
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = connect(user, password);
        try {
            if (SessionProbe.isPooled(connection)) {
                // If a pooler starts to share sessions later, another client's prepared statement must not run instead
                // of ours.
                connection.unwrap(PGConnection.class).setPrepareThreshold(0);
                requireOwnSession(connection, user, password);
            }
            if (schema != null) {
                connection.setSchema(schema);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void requireOwnSession(Connection connection, @Nullable String user, @Nullable String password)
            throws SQLException {
        if (provenOwn) {
            return;
        }
        try (Connection other = connect(user, password)) {
            if (SessionProbe.isShared(connection, other)) {
                throw sharedSessions(null);
            }
        } catch (SQLException e) {
            throw STATEMENT_POOLING.matcher(String.valueOf(e.getMessage())).find() ? sharedSessions(e) : e;
        }
        provenOwn = true;
    }

    private Connection connect(@Nullable String user, @Nullable String password) throws SQLException {
        try {
            Connection connection = super.getConnection(user, password);
            if (limitsSilence) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return connection;
        } catch (SQLException e) {
            Matcher parameter = UNKNOWN_PARAMETER.matcher(String.valueOf(e.getMessage()));
            if (!parameter.find()) {
                throw e;
            }
            throw new PoolerMisconfigured(
                    "PgBouncer at " + place() + " refuses the startup parameter '" + parameter.group(1)
                            + "': take it out of backend.database.connection, or name it in ignore_startup_parameters of"
                            + " pgbouncer.ini",
                    e);
        }
    }

    private PoolerMisconfigured sharedSessions(@Nullable SQLException cause) {
        String reason =
                "PgBouncer, or another pooler, at " + place() + " does not keep a session of PostgreSQL for each"
                        + " connection: set pool_mode = session for the database '" + getDatabaseName()
                        + "' in pgbouncer.ini, or connect to PostgreSQL directly";
        return cause == null ? new PoolerMisconfigured(reason) : new PoolerMisconfigured(reason, cause);
    }

    private String place() {
        return getServerNames()[0] + ":" + getPortNumbers()[0];
    }
}
