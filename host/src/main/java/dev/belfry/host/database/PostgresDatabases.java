package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.belfry.api.Secret;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** PostgreSQL: each plugin has its own database or schema. */
final class PostgresDatabases {

    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String UNIQUE_VIOLATION = "23505";

    private PostgresDatabases() {}

    static ConnectionPools open(Postgres settings, Pool pool, StatementTiming timing) throws SQLException {
        String name = settings.prefix() + timing.pluginId();
        PostgresSource source = source(settings);
        if (settings.division() == Division.SCHEMA) {
            if (settings.ensureExists()) {
                createSchema(source, name);
            }
            source.useSchema(name);
        } else {
            String database = settings.database().orElse(name);
            if (settings.ensureExists()) {
                createDatabase(source, database);
            }
            source.setDatabaseName(database);
        }
        if (!settings.ensureExists()) {
            requireSessions(source);
        }
        HikariConfig config = ConnectionPoolFactory.config(
                timing.pluginId(), source, StatementTimeout.NONE, pool, pool.max(), timing);
        Duration timeout = timing.settings().timeout();
        if (!timeout.isZero()) {
            // Not as a connection option, which poolers reject.
            config.setConnectionInitSql("set statement_timeout = " + timeout.toMillis());
        }
        HikariDataSource connections = new HikariDataSource(config);
        return new ConnectionPools(Dialect.POSTGRESQL, connections, connections, source, StatementTimeout.NONE, false);
    }

    /** Finds an unsupported pooler before the plugin starts, as in the branch that creates a database. */
    private static void requireSessions(PostgresSource source) throws SQLException {
        source.getConnection().close();
    }

    static PostgresSource source(Postgres settings) {
        PostgresSource source = new PostgresSource();
        source.setUrl(settings.jdbcUrl());
        source.setUser(settings.user());
        settings.password().map(Secret::text).ifPresent(source::setPassword);
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("belfry");
        settings.tls().ifPresent(tls -> DriverSockets.configure(source, tls));
        return source;
    }

    private static void createDatabase(PostgresSource maintenance, String name) throws SQLException {
        try (Connection connection = maintenance.getConnection()) {
            if (exists(connection, "select 1 from pg_database where datname = ?", name)) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                // template0 and UTF8: text must sort and compare by code point whatever the server's default is.
                statement.execute(
                        "create database " + quoted(connection, name) + " template template0 encoding 'UTF8'");
            }
        } catch (SQLException e) {
            if (!madeByAnother(e)) {
                throw e;
            }
        }
    }

    private static void createSchema(PostgresSource source, String name) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (exists(connection, "select 1 from pg_namespace where nspname = ?", name)) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("create schema if not exists " + quoted(connection, name));
            }
        } catch (SQLException e) {
            if (!madeByAnother(e)) {
                throw e;
            }
        }
    }

    /** Two hosts that start together both find nothing and both create it. */
    private static boolean madeByAnother(SQLException e) {
        return DUPLICATE_DATABASE.equals(e.getSQLState()) || UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private static String quoted(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }
}
