package dev.belfry.host.database;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.MigrationFailed;
import java.io.IOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
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

    private Migrations() {}

    /** Migrations of several plugins run concurrently; those of one plugin must not. */
    static void run(String pluginId, ConnectionPools pools, URL resources, String folder) {
        try (PluginResources view = new PluginResources(resources)) {
            List<String> locations = locations(view, pools, folder);
            // Flyway does not begin in a schema with tables, because they may be those of another application.
            MigrateResult result = migrate(
                    pluginId,
                    pools,
                    Flyway.configure(view)
                            .locations(locations.toArray(String[]::new))
                            .baselineOnMigrate(hasOnlyHostTables(pluginId, pools)));
            if (result.migrationsExecuted > 0) {
                LOG.info(
                        "{}: {} migrations applied, the schema is at version {}",
                        pluginId,
                        result.migrationsExecuted,
                        result.targetSchemaVersion);
            }
        } catch (IOException e) {
            throw new MigrationFailed("the migrations of '" + pluginId + "' could not be read", e);
        }
    }

    /** The host's tables have a separate history table, so that the plugin's migrations stay independent. */
    static void runForTasks(String pluginId, ConnectionPools pools) {
        migrate(
                pluginId,
                pools,
                Flyway.configure(Migrations.class.getClassLoader())
                        .locations(TASKS + pools.dialect().folder())
                        .table(HOST_HISTORY)
                        .baselineOnMigrate(true));
    }

    private static MigrateResult migrate(String pluginId, ConnectionPools pools, FluentConfiguration configuration) {
        pools.limit().lift();
        try {
            return configuration
                    .dataSource(pools.migrations())
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    // Flyway keeps the last configuration of its loggers for all, so all must be equal.
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            String message = "the tables of '" + pluginId + "' could not be migrated: " + reason(e);
            throw Outages.reasonOf(e)
                    .<RuntimeException>map(outage -> new DatabaseUnavailable(message, outage, e))
                    .orElseGet(() -> new MigrationFailed(message, e));
        } finally {
            pools.limit().restore();
        }
    }

    private static boolean hasOnlyHostTables(String pluginId, ConnectionPools pools) {
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
            String message = "the tables of '" + pluginId + "' could not be listed: " + e.getMessage();
            throw Outages.reasonOf(e)
                    .<RuntimeException>map(outage -> new DatabaseUnavailable(message, outage, e))
                    .orElseGet(() -> new MigrationFailed(message, e));
        }
    }

    /** Flyway's first line names the script, and the innermost cause has the database's message. */
    private static String reason(FlywayException failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost == failure ? first : first + ": " + innermost.getMessage();
    }

    private static List<String> locations(PluginResources view, ConnectionPools pools, String folder)
            throws IOException {
        String dialect = folder + "/" + pools.dialect().folder();
        List<String> found =
                Stream.of(folder + "/common", dialect).filter(view::hasFolder).toList();
        if (found.isEmpty()) {
            throw new MigrationFailed(
                    "there is no folder '" + folder + "/common' or '" + dialect + "' in the plugin's JAR", null);
        }
        return found.stream().map(location -> "classpath:" + location).toList();
    }
}
