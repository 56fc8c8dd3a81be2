package dev.belfry.host.database;

import dev.belfry.api.database.MigrationFailed;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Flyway migrations with the files of one plugin. */
final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    /** Migrations of several plugins run concurrently; those of one plugin must not. */
    static void run(String pluginId, ConnectionPools pools, URL resources, String folder) {
        pools.limit().lift();
        try (PluginResources view = new PluginResources(resources)) {
            List<String> locations = locations(view, pools, folder);
            MigrateResult result = Flyway.configure(view)
                    .dataSource(pools.migrations())
                    .locations(locations.toArray(String[]::new))
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    // Flyway keeps the last configuration of its loggers for all, so all must be equal.
                    .loggers("slf4j")
                    .load()
                    .migrate();
            if (result.migrationsExecuted > 0) {
                LOG.info(
                        "{}: {} migrations applied, the schema is at version {}",
                        pluginId,
                        result.migrationsExecuted,
                        result.targetSchemaVersion);
            }
        } catch (FlywayException e) {
            if (Outage.of(e).isPresent()) {
                throw e;
            }
            throw new MigrationFailed("the tables of '" + pluginId + "' could not be migrated: " + reason(e), e);
        } catch (IOException e) {
            throw new MigrationFailed("the migrations of '" + pluginId + "' could not be read", e);
        } finally {
            pools.limit().restore();
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
