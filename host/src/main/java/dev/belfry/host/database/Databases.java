package dev.belfry.host.database;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.logging.ExpectedFailures;
import dev.belfry.host.settings.DatabaseSettings;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import dev.belfry.host.settings.StatementSettings;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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
    private final Tracing tracing;
    private final Map<String, SharedPools> open = new ConcurrentHashMap<>();

    static {
        // Plugins use the host's jOOQ, which would print a banner into the application's log.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        // It logs a stack trace for each connection that an outage breaks; the host logs the reason of the outage.
        ExpectedFailures.drop("com.zaxxer.hikari", failure -> outage(failure).isPresent());
        // It warns of every version of PostgreSQL that its current release does not name.
        System.setProperty("org.jooq.log.org.jooq.impl.DefaultExecuteContext.logVersionSupport", "ERROR");
    }

    /** @param dataDirectory where SQLite's native library is unpacked */
    public Databases(
            DatabaseSettings settings, StatementSettings statements, MeterRegistry meters, Path dataDirectory) {
        this(settings, statements, meters, dataDirectory, Tracing.off());
    }

    /** @param dataDirectory where SQLite's native library is unpacked */
    public Databases(
            DatabaseSettings settings,
            StatementSettings statements,
            MeterRegistry meters,
            Path dataDirectory,
            Tracing tracing) {
        this.tracing = tracing;
        this.settings = settings;
        this.statements = statements;
        this.meters = meters;
        this.dataDirectory = dataDirectory;
    }

    /** A plugin's lease on its database. The pools close with the last lease. */
    public interface Lease extends Database, AutoCloseable {

        /** Creates the host's own tables for tasks, unless they exist. */
        void createTaskTables();

        /**
         * Asks the database whether a plugin can work with it.
         *
         * @throws DatabaseUnavailable if it is unreachable or read-only, or if tables or rights are missing
         */
        void requireUsable();

        @Override
        void close();
    }

    /**
     * Opens the database of {@code pluginId}; creates it when it does not exist.
     *
     * @param version of the plugin; the history of its migrations says which version ran them
     * @param resources location of the plugin's own files: its JAR, or its folder of classes
     * @throws DatabaseUnavailable when it is unreachable
     * @throws SQLException when it cannot be opened for another reason
     */
    public Lease open(String pluginId, String version, URL resources) throws SQLException {
        PluginFiles plugin = new PluginFiles(pluginId, version, resources);
        SharedPools shared = open.computeIfAbsent(pluginId, id -> new SharedPools());
        try {
            return new PluginDatabase(plugin, shared.take(() -> connect(plugin)), shared);
        } catch (SQLException e) {
            throw Outages.reasonOf(e)
                    .map(reason -> new DatabaseUnavailable(cannotOpen(pluginId, e), reason, e))
                    .orElseThrow(() -> new SQLException(cannotOpen(pluginId, e), e));
        }
    }

    /** What is wrong with the configuration of a plugin's database. */
    public List<String> faultsOf(String pluginId) {
        return settings.faultsOf(pluginId);
    }

    private static String cannotOpen(String pluginId, SQLException e) {
        return "the database of '" + pluginId + "' cannot be opened: " + e.getMessage();
    }

    /**
     * Connects to the server of the settings.
     *
     * @return its version and its address
     * @throws SQLException when it cannot be reached; the message says why, and what to do
     */
    public static String describeServer(Postgres settings) throws SQLException {
        return PostgresDatabases.describeServer(settings);
    }

    /**
     * Where the tables of a plugin are, or where a start would create them, as a clause. Changes nothing.
     *
     * @param version as for {@link #open}
     * @param resources as for {@link #open}
     * @return empty if the plugin has no migrations
     * @throws SQLException when a start would fail; the message says why, and what to do
     */
    public static Optional<String> describe(
            DatabaseSettings.PluginDatabase settings, String pluginId, String version, URL resources)
            throws SQLException {
        PluginFiles plugin = new PluginFiles(pluginId, version, resources);
        try (PluginResources files = plugin.open()) {
            return files.hasMigrations()
                    ? Optional.of(ConnectionPoolFactory.describe(settings, plugin, files))
                    : Optional.empty();
        } catch (IOException e) {
            throw new SQLException("the files of the plugin cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The SQLite file that a plugin with migrations uses: the configured one, or one beside it if that has tables of Backstage.
     *
     * @param file as configured
     */
    public static Path sqliteFile(Path file) {
        return SqlitePlace.of(file, true).file();
    }

    /** The name of the configured file for a file that {@link #sqliteFile} may have returned. */
    public static String configuredName(String file) {
        return SqlitePlace.configuredName(file);
    }

    /**
     * Whether PostgreSQL permits the connections that the pools can open. Changes nothing.
     *
     * @param databases by plugin id
     * @return a warning for each limit of a role, a database or a server that is lower than the sum of the pools
     * @throws SQLException when a server cannot be asked
     */
    public static List<String> connectionWarnings(Map<String, DatabaseSettings.PluginDatabase> databases)
            throws SQLException {
        return ConnectionLimits.warnings(databases);
    }

    /**
     * The exception for a failure that an unavailable database has caused; empty when it has another cause.
     *
     * @param pluginId the plugin whose work has failed
     */
    public Optional<DatabaseUnavailable> unavailability(String pluginId, Throwable failure) {
        SharedPools pools = open.get(pluginId);
        return Outages.of(failure, pools == null ? null : pools.address());
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

    private ConnectionPools connect(PluginFiles plugin) throws SQLException {
        DatabaseSettings.PluginDatabase own = settings.of(plugin.id());
        boolean postgres = own.connection() instanceof Postgres;
        if (!postgres) {
            SqliteLibrary.load(dataDirectory);
        }
        StatementTiming timing =
                new StatementTiming(plugin.id(), postgres ? "postgresql" : "sqlite", statements, meters, tracing);
        try (PluginResources files = plugin.open()) {
            return ConnectionPoolFactory.open(own, timing, files);
        } catch (IOException e) {
            throw new SQLException("the files of the plugin cannot be read: " + e.getMessage(), e);
        }
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
