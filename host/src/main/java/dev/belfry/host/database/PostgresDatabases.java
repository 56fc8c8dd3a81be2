package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.belfry.api.Secret;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL: each plugin has its own schema, in a database of its own or in a shared one. */
final class PostgresDatabases {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabases.class);

    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    private PostgresDatabases() {}

    static ConnectionPools open(Postgres settings, Pool pool, StatementTiming timing, PluginResources files)
            throws SQLException {
        PostgresSource source = source(settings);
        try {
            new PostgresPlace(settings, timing.pluginId(), source, files).prepare();
        } catch (SQLException e) {
            throw DatabaseProblem.translated(e, DatabaseAddress.Postgres.of(source));
        }
        HikariConfig config = ConnectionPoolFactory.config(
                timing.pluginId(), source, StatementTimeout.NONE, pool, pool.max(), timing);
        Duration timeout = timing.settings().timeout();
        boolean keepsSessions = source.keepsSessions();
        if (!keepsSessions) {
            LOG.info(
                    "{}: the pooler in front of {} does not keep sessions: changes of other hosts are noticed by reading the"
                            + " database, and the statement timeout is the one of its connect_query",
                    timing.pluginId(),
                    DatabaseAddress.Postgres.of(source).server());
        } else if (!timeout.isZero()) {
            // Not as a connection option, which poolers reject.
            config.setConnectionInitSql("set statement_timeout = " + timeout.toMillis());
        }
        HikariDataSource connections = new HikariDataSource(config);
        return new ConnectionPools(
                Dialect.POSTGRESQL,
                connections,
                connections,
                source,
                StatementTimeout.NONE,
                DatabaseAddress.Postgres.of(source),
                keepsSessions ? new PostgresSignals(source, connections) : HostSignals.NONE,
                keepsSessions,
                false);
    }

    /** As {@link Databases#describeServer}. */
    static String describeServer(Postgres settings) throws SQLException {
        PostgresSource source = source(settings);
        boolean isNamed = settings.division() == Division.SCHEMA;
        try (Connection connection = isNamed ? source.getConnection() : source.connectToServer()) {
            return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + " at " + settings;
        } catch (SQLException e) {
            throw DatabaseProblem.translated(e, DatabaseAddress.Postgres.of(source));
        }
    }

    /** Where the tables of a plugin are, or would be; changes nothing. */
    static String describe(Postgres settings, PluginFiles plugin, PluginResources files) throws SQLException {
        PostgresSource source = source(settings);
        try {
            return new PostgresPlace(settings, plugin.id(), source, files).describe(plugin);
        } catch (SQLException e) {
            throw DatabaseProblem.translated(e, DatabaseAddress.Postgres.of(source));
        }
    }

    static PostgresSource source(Postgres settings) {
        PostgresSource source = new PostgresSource();
        source.setUrl(settings.jdbcUrl());
        source.setUser(settings.user());
        settings.password().map(Secret::text).ifPresent(source::setPassword);
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.limitSilence();
        source.setTcpKeepAlive(true);
        if (!settings.jdbcUrl().contains(PGProperty.APPLICATION_NAME.getName() + "=")) {
            source.setApplicationName("belfry");
        }
        settings.tls().ifPresent(tls -> DriverSockets.configure(source, tls));
        return source;
    }
}
