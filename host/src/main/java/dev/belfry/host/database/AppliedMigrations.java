package dev.belfry.host.database;

import dev.belfry.api.database.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * The migrations that have run, compared with a plugin's files. Changes nothing.
 *
 * @param folders of the plugin's files, as {@link PluginResources} names them
 */
record AppliedMigrations(PluginFiles plugin, PluginResources files, List<String> folders) {

    /** Empty if only the plugin's code knows where its migrations are. */
    static Optional<AppliedMigrations> of(PluginFiles plugin, PluginResources files, Dialect dialect) {
        return files.migrationFolder()
                .map(folder -> new AppliedMigrations(plugin, files, files.foldersOf(folder, dialect)));
    }

    /**
     * As {@link #tables(Flyway)}.
     *
     * @throws UnusableDatabase if a start could not migrate; the message says why
     */
    Set<String> requireMatch(DataSource source, DatabaseAddress address) throws UnusableDatabase {
        Flyway flyway = Migrations.flyway(plugin, Migrations.configure(files, folders), source);
        try {
            Optional<String> mismatch = MigrationHistory.mismatch(plugin, flyway.info());
            if (mismatch.isPresent()) {
                throw new UnusableDatabase(cannotMigrate() + mismatch.get());
            }
            return tables(flyway);
        } catch (FlywayException e) {
            throw new UnusableDatabase(cannotMigrate() + MigrationProblem.of(e, plugin, flyway, address));
        }
    }

    private String cannotMigrate() {
        return "the tables of '" + plugin.id() + "' cannot be migrated: ";
    }

    /** The tables that they have created. Empty if the files do not say which, because others have run. */
    Set<String> tables(Flyway flyway) {
        MigrationInfoService history = flyway.info();
        if (MigrationHistory.mismatch(plugin, history).isPresent()) {
            return Set.of();
        }
        List<String> scripts = new ArrayList<>();
        for (MigrationInfo migration : history.applied()) {
            Optional<String> script = text(migration.getScript());
            if (script.isPresent()) {
                scripts.add(script.get());
            } else if (migration.getState() != MigrationState.BASELINE) {
                return Set.of();
            }
        }
        return ScriptTables.of(scripts);
    }

    private Optional<String> text(String script) {
        return folders.stream()
                .flatMap(folder -> files.text(folder + "/" + script).stream())
                .findFirst();
    }
}
