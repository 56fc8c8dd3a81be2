package dev.belfry.host.database;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.StatementSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens each plugin's own database, once for all generations of the plugin: two generations share it during a
 * replacement.
 */
public final class Databases implements AutoCloseable {

    private final DatabaseSettings settings;
    private final StatementSettings statements;
    private final MeterRegistry meters;
    private final Path dataDirectory;
    private final Map<String, SharedPools> open = new ConcurrentHashMap<>();

    static {
        // Plugins use the host's jOOQ, which would print a banner into the application's log.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    /** @param dataDirectory where SQLite's native library is unpacked */
    public Databases(
            DatabaseSettings settings, StatementSettings statements, MeterRegistry meters, Path dataDirectory) {
        this.settings = settings;
        this.statements = statements;
        this.meters = meters;
        this.dataDirectory = dataDirectory;
    }

    /** A plugin's lease on its database. The pools close with the last lease. */
    public interface Lease extends Database, AutoCloseable {

        /** Creates the host's own tables for tasks, unless they exist. */
        void createTaskTables();

        @Override
        void close();
    }

    /**
     * Opens the database of {@code pluginId}; creates it when it does not exist.
     *
     * @param resources location of the plugin's own files: its JAR, or its folder of classes
     * @throws DatabaseUnavailable when it is unreachable
     * @throws SQLException when it cannot be opened for another reason
     */
    public Lease open(String pluginId, URL resources) throws SQLException {
        SharedPools shared = open.computeIfAbsent(pluginId, id -> new SharedPools(() -> connect(id)));
        try {
            return new PluginDatabase(pluginId, shared.take(), resources, shared);
        } catch (SQLException e) {
            throw Outages.reasonOf(e)
                    .map(reason -> new DatabaseUnavailable(cannotOpen(pluginId, e), reason, e))
                    .orElseThrow(() -> new SQLException(cannotOpen(pluginId, e), e));
        }
    }

    private static String cannotOpen(String pluginId, SQLException e) {
        return "the database of '" + pluginId + "' cannot be opened: " + e.getMessage();
    }

    /** Why a database was unavailable; empty when {@code failure} has another cause. */
    public static Optional<DatabaseUnavailable.Reason> outage(Throwable failure) {
        return Outages.reasonOf(failure);
    }

    /**
     * Loads SQLite's native library, once per process.
     *
     * @throws SQLException when it cannot be loaded; the message says why, and what to do
     */
    public static void loadSqlite(Path dataDirectory) throws SQLException {
        SqliteLibrary.load(dataDirectory);
    }

    private ConnectionPools connect(String pluginId) throws SQLException {
        DatabaseSettings.PluginDatabase own = settings.of(pluginId);
        if (!(own.connection() instanceof Postgres)) {
            SqliteLibrary.load(dataDirectory);
        }
        return ConnectionPoolFactory.open(own, new StatementTiming(pluginId, statements, meters));
    }

    /** A connection with the settings of the pools, for checks before the start. */
    public static Connection connect(Postgres settings) throws SQLException {
        return PostgresDatabases.source(settings).getConnection();
    }

    /** Number of connections in use. */
    public int inUse() {
        return open.values().stream().mapToInt(SharedPools::inUse).sum();
    }

    @Override
    public void close() {
        open.values().forEach(SharedPools::close);
    }
}
