package dev.belfry.host.database;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/** Says in one clause why a migration failed, without the words of Flyway, whose settings an operator does not have. */
final class MigrationProblem {

    private static final Pattern SCRIPT = Pattern.compile("[^\\s/:]+\\.sql");

    /** Flyway's example of a good name, which is no file of the plugin. */
    private static final Pattern EXAMPLE = Pattern.compile("look like this: \\S+");

    private MigrationProblem() {}

    static String of(FlywayException failure, PluginFiles plugin, Flyway flyway, DatabaseAddress address) {
        if (failure instanceof FlywayMigrateException script && script.getMigration() != null) {
            return ofScript(script, address);
        }
        if (failure instanceof FlywayValidateException) {
            Optional<String> mismatch = MigrationHistory.mismatch(plugin, flyway);
            if (mismatch.isPresent()) {
                return mismatch.get();
            }
        }
        if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return ofForeignTables(address);
        }
        List<String> files = SCRIPT.matcher(
                        EXAMPLE.matcher(String.valueOf(failure.getMessage())).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        if (failure.getErrorCode() == CoreErrorCode.DUPLICATE_VERSIONED_MIGRATION) {
            return "two files have the same version: " + String.join(", ", files);
        }
        if (failure.getCause() == null && !files.isEmpty()) {
            return files.stream().collect(Collectors.joining("', '", "the name of the file '", "'"))
                    + " is not of the form V1__name.sql: a V, the version, two underscores, a name";
        }
        return DatabaseProblem.of(failure, address);
    }

    private static String ofScript(FlywayMigrateException failure, DatabaseAddress address) {
        String line = failure.getLineNumber() > 0 ? ", line " + failure.getLineNumber() : "";
        return failure.getMigration().getScript() + line + ": " + DatabaseProblem.of(failure, address);
    }

    private static String ofForeignTables(DatabaseAddress address) {
        return switch (address) {
            case DatabaseAddress.Postgres postgres ->
                "in the database '" + postgres.database() + "', the schema '" + postgres.schema()
                        + "' has tables, views, types or functions of another application, and Belfry needs it for"
                        + " this plugin."
                        + " Rename that schema (alter schema ... rename to ...), or name another database by"
                        + " backend.database.plugin.<id>.connection.database or backend.database.prefix";
            case DatabaseAddress.Sqlite sqlite -> SqliteTables.foreign(sqlite);
        };
    }
}
