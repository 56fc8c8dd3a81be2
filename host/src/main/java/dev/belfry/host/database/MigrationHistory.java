package dev.belfry.host.database;

import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/** Compares the migrations that have run with the files of a plugin. */
final class MigrationHistory {

    private MigrationHistory() {}

    /** A sentence if a newer version of the plugin has migrated the tables, which this version may still use. */
    static Optional<String> newerThan(PluginFiles plugin, Flyway flyway) {
        return Stream.of(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .reduce((_, last) -> last)
                .map(last -> "a newer version of the plugin has migrated the tables: " + last.getScript()
                        + " was run by " + writer(last, plugin) + ", and is not in " + plugin.version());
    }

    /** Why the migrations that have run do not match the files; empty when they do. */
    static Optional<String> mismatch(PluginFiles plugin, Flyway flyway) {
        try {
            return mismatch(plugin, flyway.info());
        } catch (FlywayException e) {
            // The failure that is being explained is the one to report.
            return Optional.empty();
        }
    }

    /** As {@link #mismatch(PluginFiles, Flyway)}. */
    static Optional<String> mismatch(PluginFiles plugin, MigrationInfoService history) {
        return Stream.of(history.all())
                .flatMap(migration -> mismatch(migration, plugin).stream())
                .findFirst();
    }

    private static Optional<String> mismatch(MigrationInfo migration, PluginFiles plugin) {
        String file = migration.getScript();
        String other = "the database was migrated by another version of plugin '" + plugin.id() + "' ("
                + writer(migration, plugin) + "): ";
        String back = ". Use the version of the plugin that migrated it, or restore a backup";
        if (migration.getState().isFailed()) {
            return Optional.of("file " + file + " failed half-way in an earlier start: restore a backup, or undo its"
                    + " changes by hand and delete its row in flyway_schema_history");
        }
        if (migration.getState() == MigrationState.MISSING_SUCCESS) {
            return Optional.of(other + "file " + file + " is missing in " + plugin.version() + back);
        }
        if (migration.getState() == MigrationState.IGNORED) {
            return Optional.of("file " + file + " has a lower version than one that has run already: give it the next"
                    + " version");
        }
        if (migration.isApplied() && !(migration.isChecksumMatching() && migration.isDescriptionMatching())) {
            return Optional.of(
                    other + "file " + file + " has changed" + back
                            + "; a migration that has run must stay as it is, and a change needs a file of its own. While you"
                            + " develop the plugin, delete its database instead: with ./belfry dev, stop it and delete .belfry/data");
        }
        return Optional.empty();
    }

    /** Versions before 0.2 of Belfry recorded the user of the database instead of the plugin's version. */
    private static String writer(MigrationInfo migration, PluginFiles plugin) {
        String by = String.valueOf(migration.getInstalledBy());
        return by.startsWith(plugin.id() + " ") ? by : "an unknown one";
    }
}
