package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.DatabaseSettings.SqliteFile;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.DatabaseSettings.SqliteInMemory;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the connection pools of one database. */
final class ConnectionPoolFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPoolFactory.class);

    private static final String ANOTHER_FOLDER = "name another folder by backend.database.connection.directory";

    private ConnectionPoolFactory() {}

    static ConnectionPools open(PluginDatabase settings, StatementTiming timing, PluginResources files)
            throws SQLException {
        Connection connection = settings.connection();
        return switch (connection) {
            case SqliteInMemory _ -> SqliteDatabases.inMemory(settings.pool(), timing);
            case SqliteFolder folder ->
                file(file(folder, timing.pluginId()), ANOTHER_FOLDER, settings.pool(), timing, files);
            case SqliteFile file -> file(file.file(), anotherFile(timing.pluginId()), settings.pool(), timing, files);
            case Postgres postgres -> PostgresDatabases.open(postgres, settings.pool(), timing, files);
        };
    }

    /** As {@link Databases#describe}. */
    static String describe(PluginDatabase settings, PluginFiles plugin, PluginResources files) throws SQLException {
        return switch (settings.connection()) {
            case SqliteInMemory _ -> "SQLite in memory";
            case SqliteFolder folder -> describe(file(folder, plugin.id()), ANOTHER_FOLDER, plugin, files);
            case SqliteFile file -> describe(file.file(), anotherFile(plugin.id()), plugin, files);
            case Postgres postgres -> PostgresDatabases.describe(postgres, plugin, files);
        };
    }

    private static ConnectionPools file(
            Path configured, String elsewhere, Pool pool, StatementTiming timing, PluginResources files)
            throws SQLException {
        SqlitePlace place = SqlitePlace.of(configured, files.hasMigrations());
        ConnectionPools pools = SqliteDatabases.file(place.file(), elsewhere, pool, timing);
        place.notice().ifPresent(notice -> LOG.warn("{}: {}", timing.pluginId(), notice));
        return pools;
    }

    private static String describe(Path configured, String elsewhere, PluginFiles plugin, PluginResources files)
            throws SQLException {
        SqlitePlace place = SqlitePlace.of(configured, files.hasMigrations());
        return SqliteDatabases.describe(place.file(), elsewhere, plugin, files) + place.beside();
    }

    /** A single file can be configured for a single plugin only. */
    private static String anotherFile(String pluginId) {
        return "name another file by backend.database.plugin." + pluginId + ".connection";
    }

    private static Path file(SqliteFolder folder, String pluginId) {
        return folder.folder().resolve(pluginId + ".sqlite");
    }

    static HikariConfig config(
            String name, DataSource source, StatementTimeout limit, Pool settings, int max, StatementTiming timing) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(timing.timed(source, name, limit));
        config.setMaximumPoolSize(max);
        config.setMinimumIdle(Math.min(settings.min(), max));
        config.setConnectionTimeout(settings.acquireTimeout().toMillis());
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        // The pool is created even if the database is down: the first statement reports it.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(timing.meters());
        config.setThreadFactory(task -> thread(name, task));
        return config;
    }

    /** Pool threads are created on demand and would inherit the context class loader of the plugin that asks. */
    private static Thread thread(String pool, Runnable task) {
        Thread thread = Thread.ofPlatform().daemon().name("HikariPool " + pool).unstarted(task);
        thread.setContextClassLoader(ConnectionPoolFactory.class.getClassLoader());
        return thread;
    }
}
