package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.DatabaseUnavailable.Reason;
import dev.belfry.api.database.MigrationFailed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Flyway migrations with the files of one plugin. */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String HOST_TABLES = "belfry_";
    private static final String HOST_HISTORY = HOST_TABLES + "schema_history";
    private static final String TASKS = "classpath:dev/belfry/host/database/tasks/";

    private final PluginFiles plugin;
    private final ConnectionPools pools;

    Migrations(PluginFiles plugin, ConnectionPools pools) {
        this.plugin = plugin;
        this.pools = pools;
    }

    /** Migrations of several plugins run concurrently; migrations of one plugin must not. */
    void run(String folder) {
        try (PluginResources view = plugin.open()) {
            // Flyway does not begin in a schema with tables, because they may belong to another application.
            List<String> folders = folders(view, folder);
            Flyway flyway =
                    flyway(plugin, configure(view, folders).baselineOnMigrate(hasOnlyHostTables()), pools.migrations());
            AppliedMigrations applied = new AppliedMigrations(plugin, view, folders);
            MigrateResult result = migrate(flyway, () -> requireTables(view, () -> applied.tables(flyway)));
            if (result.migrationsExecuted > 0) {
                LOG.info(
                        "{}: {} applied, the schema is at version {}",
                        plugin.id(),
                        result.migrationsExecuted == 1 ? "1 migration" : result.migrationsExecuted + " migrations",
                        result.targetSchemaVersion);
            }
            MigrationHistory.newerThan(plugin, flyway).ifPresent(newer -> LOG.warn("{}: {}", plugin.id(), newer));
        } catch (IOException e) {
            throw new MigrationFailed("the migrations of '" + plugin.id() + "' could not be read", e);
        }
    }

    /** The host's tables have a separate history table, so that the plugin's migrations stay independent. */
    void runForTasks() {
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader())
                .locations(TASKS + pools.dialect().folder())
                .table(HOST_HISTORY)
                .baselineOnMigrate(true);
        migrate(flyway(plugin, configuration, pools.migrations()), () -> {});
    }

    /** @param folders of the plugin's files, as {@link PluginResources} names them */
    static FluentConfiguration configure(PluginResources view, List<String> folders) {
        return Flyway.configure(view)
                .locations(folders.stream().map(folder -> "classpath:" + folder).toArray(String[]::new));
    }

    static Flyway flyway(PluginFiles plugin, FluentConfiguration configuration, DataSource source) {
        return configuration
                .dataSource(source)
                .installedBy(plugin.name())
                .baselineVersion("0")
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                // Flyway keeps the last configuration of its loggers for all, so all must be equal.
                .loggers(FlywayLog.Creator.class.getName())
                .load();
    }

    /**
     * Flyway asks the history only: it would leave lost tables to the first statement that needs them. It keeps the connection if a file is
     * locked, so the history is looked at first.
     */
    private void requireTables(PluginResources view, Supplier<Set<String>> tables) {
        try {
            pools.requireHistory(view.createdTables(pools.dialect()));
            pools.requireTables(tables.get());
        } catch (SQLException e) {
            throw failure(
                    "the tables of '" + plugin.id() + "' cannot be used: ", e, DatabaseProblem.of(e, pools.address()));
        }
    }

    private MigrateResult migrate(Flyway flyway, Runnable check) {
        pools.limit().lift();
        try {
            check.run();
            return flyway.migrate();
        } catch (FlywayException e) {
            throw failure(
                    "the tables of '" + plugin.id() + "' could not be migrated: ",
                    e,
                    MigrationProblem.of(e, plugin, flyway, pools.address()));
        } finally {
            pools.limit().restore();
        }
    }

    private boolean hasOnlyHostTables() {
        try (Connection connection = pools.migrations().getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
            boolean found = false;
            while (tables.next()) {
                if (!tables.getString("TABLE_NAME").startsWith(HOST_TABLES)) {
                    return false;
                }
                found = true;
            }
            return found;
        } catch (SQLException e) {
            throw failure(
                    "the tables of '" + plugin.id() + "' could not be listed: ",
                    e,
                    DatabaseProblem.of(e, pools.address()));
        }
    }

    private static RuntimeException failure(String what, Exception cause, String problem) {
        String message = what + problem;
        return Outages.reasonOf(cause)
                .filter(Reason::isTemporary)
                .<RuntimeException>map(outage -> new DatabaseUnavailable(message, outage, cause))
                .orElseGet(() -> new MigrationFailed(message, cause));
    }

    private List<String> folders(PluginResources view, String folder) {
        List<String> found = view.foldersOf(folder, pools.dialect());
        if (found.isEmpty()) {
            throw new MigrationFailed(
                    "there is no folder '" + folder + "/common' or '" + folder + "/"
                            + pools.dialect().folder() + "' in the plugin's JAR",
                    null);
        }
        return found;
    }
}
