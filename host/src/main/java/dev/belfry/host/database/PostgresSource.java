package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to PostgreSQL, directly or through a pooler. */
final class PostgresSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSource.class);

    /** It exists on each server, unless an administrator has removed it. */
    private static final String SERVERS_OWN = "postgres";

    /** PgBouncer's error for a parameter that {@code ignore_startup_parameters} does not name. */
    private static final Pattern UNKNOWN_PARAMETER = Pattern.compile("unsupported startup parameter[^:]*: *(\\S+)");

    private static final Pattern STATEMENT_POOLING = Pattern.compile("statement pooling mode");

    /** Some servers of other protocols accept a connection and say nothing. */
    private static final int SILENCE_SECONDS = 10;

    private @Nullable String schema;
    private boolean limitsSilence;
    private volatile Sessions sessions = Sessions.UNKNOWN;

    /** Of the server, behind a pooler. */
    private enum Sessions {
        UNKNOWN,
        /** Each connection keeps one. */
        OWN,
        /** Each transaction can have another one, with the settings that the pooler has made. */
        SHARED
    }

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
            boolean isPooled = SessionProbe.isPooled(connection);
            if (isPooled) {
                // If a pooler shares sessions, another client's prepared statement must not run instead of ours.
                connection.unwrap(PGConnection.class).setPrepareThreshold(0);
                if (sessions == Sessions.UNKNOWN) {
                    sessions = probe(connection, user, password);
                }
            }
            if (schema != null && isPooled && sessions == Sessions.SHARED) {
                requireSchema(connection, schema);
            } else if (schema != null) {
                connection.setSchema(schema);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Connects to look for databases and to create them, for which any database of the server will do: if the configured one does not
     * exist, as the ones that Backstage ignores, the server's own is used.
     */
    Connection connectToServer() throws SQLException {
        try {
            return getConnection();
        } catch (SQLException e) {
            String configured = String.valueOf(getDatabaseName());
            if (!Outages.UNDEFINED_DATABASE.equals(e.getSQLState()) || configured.equals(SERVERS_OWN)) {
                throw e;
            }
            return connectToOwnDatabase(configured, e);
        }
    }

    private Connection connectToOwnDatabase(String configured, SQLException failure) throws SQLException {
        setDatabaseName(SERVERS_OWN);
        try {
            Connection connection = getConnection();
            LOG.info(
                    "the database '{}' does not exist on {}: '{}' is used to create the databases of plugins",
                    configured,
                    place(),
                    SERVERS_OWN);
            return connection;
        } catch (SQLException e) {
            setDatabaseName(configured);
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Whether a setting or a lock of a session stays with a connection; known when a connection has been opened. */
    boolean keepsSessions() {
        return sessions != Sessions.SHARED;
    }

    private Sessions probe(Connection connection, @Nullable String user, @Nullable String password)
            throws SQLException {
        try (Connection other = connect(user, password)) {
            return SessionProbe.isShared(connection, other) ? Sessions.SHARED : Sessions.OWN;
        } catch (SQLException e) {
            if (!STATEMENT_POOLING.matcher(String.valueOf(e.getMessage())).find()) {
                throw e;
            }
            throw new PoolerMisconfigured(
                    "PgBouncer, or another pooler, at " + place()
                            + " gives each statement another session of PostgreSQL: set"
                            + " pool_mode = session or pool_mode = transaction for the database '" + getDatabaseName()
                            + "' in pgbouncer.ini, or connect to PostgreSQL directly",
                    e);
        }
    }

    /** A setting of ours would reach the pooler's other clients, so the pooler has to make it. */
    private void requireSchema(Connection connection, String name) throws SQLException {
        if (!name.equals(connection.getSchema())) {
            throw new PoolerMisconfigured("PgBouncer, or another pooler, at " + place()
                    + " does not keep a session of PostgreSQL for each connection (pool_mode = transaction). Set pool_mode ="
                    + " session for the database '" + getDatabaseName() + "' in pgbouncer.ini, or add connect_query = '"
                    + connectQuery(connection, name) + "' to its line there, or connect to PostgreSQL directly");
        }
    }

    private static String connectQuery(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return "set search_path to " + statement.enquoteIdentifier(schema, false)
                    + "; set statement_timeout to 30000";
        }
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

    private String place() {
        return getServerNames()[0] + ":" + getPortNumbers()[0];
    }
}
