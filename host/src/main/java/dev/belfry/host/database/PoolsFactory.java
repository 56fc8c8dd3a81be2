package dev.belfry.host.database;

import com.zaxxer.hikari.HikariConfig;
import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.PluginDatabase;
import dev.belfry.host.config.DatabaseSettings.Pool;
import dev.belfry.host.config.DatabaseSettings.Postgres;
import dev.belfry.host.config.DatabaseSettings.SqliteFile;
import dev.belfry.host.config.DatabaseSettings.SqliteFolder;
import dev.belfry.host.config.DatabaseSettings.SqliteInMemory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the pools of one database, by its kind. */
final class PoolsFactory {

    private PoolsFactory() {}

    static Pools open(String pluginId, PluginDatabase settings, MeterRegistry meters) throws SQLException {
        Connection connection = settings.connection();
        return switch (connection) {
            case SqliteInMemory _ -> SqliteDatabases.inMemory(pluginId, settings.pool(), meters);
            case SqliteFolder folder ->
                SqliteDatabases.file(pluginId, folder.folder().resolve(pluginId + ".sqlite"), settings.pool(), meters);
            case SqliteFile file -> SqliteDatabases.file(pluginId, file.file(), settings.pool(), meters);
            case Postgres postgres -> PostgresDatabases.open(pluginId, postgres, settings.pool(), meters);
        };
    }

    static HikariConfig config(String name, DataSource source, Pool settings, int max, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(source);
        config.setMaximumPoolSize(max);
        config.setMinimumIdle(Math.min(settings.min(), max));
        config.setConnectionTimeout(settings.acquireTimeout().toMillis());
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        // A pool is made before its database need be there: the first statement finds out.
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(meters);
        config.setThreadFactory(task -> thread(name, task));
        return config;
    }

    /** A pool makes threads when it needs them, and then inherits the class loader of whichever plugin asks. */
    private static Thread thread(String pool, Runnable task) {
        Thread thread = Thread.ofPlatform().daemon().name("HikariPool " + pool).unstarted(task);
        thread.setContextClassLoader(PoolsFactory.class.getClassLoader());
        return thread;
    }
}
