package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.PluginDatabase;
import dev.belfry.host.config.DatabaseSettings.Pool;
import dev.belfry.host.config.DatabaseSettings.Postgres;
import dev.belfry.host.config.DatabaseSettings.SqliteFile;
import dev.belfry.host.config.DatabaseSettings.SqliteFolder;
import dev.belfry.host.config.DatabaseSettings.SqliteInMemory;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the pools of one database, by its kind. */
final class ConnectionPoolFactory {

    private ConnectionPoolFactory() {}

    static ConnectionPools open(PluginDatabase settings, StatementTiming timing) throws SQLException {
        Connection connection = settings.connection();
        return switch (connection) {
            case SqliteInMemory _ -> SqliteDatabases.inMemory(settings.pool(), timing);
            case SqliteFolder folder ->
                SqliteDatabases.file(folder.folder().resolve(timing.pluginId() + ".sqlite"), settings.pool(), timing);
            case SqliteFile file -> SqliteDatabases.file(file.file(), settings.pool(), timing);
            case Postgres postgres -> PostgresDatabases.open(postgres, settings.pool(), timing);
        };
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
        // A pool is made before its database need be there: the first statement finds out.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(timing.meters());
        config.setThreadFactory(task -> thread(name, task));
        return config;
    }

    /** A pool makes threads when it needs them, and then inherits the class loader of whichever plugin asks. */
    private static Thread thread(String pool, Runnable task) {
        Thread thread = Thread.ofPlatform().daemon().name("HikariPool " + pool).unstarted(task);
        thread.setContextClassLoader(ConnectionPoolFactory.class.getClassLoader());
        return thread;
    }
}
