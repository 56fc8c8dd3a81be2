package dev.belfry.host.database;

import dev.belfry.host.files.SqliteUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file that has a plugin's tables, or will have them: the configured one, or one beside it if the configured file has tables of
 * Backstage, which are never touched.
 *
 * @param isNew no tables of this plugin exist yet
 * @param foreign the tables of Backstage in the configured file
 */
record SqlitePlace(Path file, boolean isNew, Optional<ForeignTables> foreign) {

    private static final String DEFAULT_END = ".sqlite";
    private static final String OWN = ".belfry";

    /**
     * Looks at tables, and changes nothing.
     *
     * @param migrates whether the plugin has migrations; otherwise it creates tables itself, and they have no history
     */
    static SqlitePlace of(Path configured, boolean migrates) {
        Set<String> tables = tables(configured);
        boolean isOwn = tables.contains(PluginSchema.HISTORY) || tables.contains(PluginSchema.HOST_HISTORY);
        Path beside = beside(configured);
        boolean isForeign =
                !isOwn && migrates && ForeignTables.knownOwner(tables).isPresent();
        // It stays in use when the foreign file is gone.
        Path file = !isOwn && (isForeign || Files.exists(beside)) ? beside : configured;
        return new SqlitePlace(
                file,
                !Files.exists(file),
                isForeign
                        ? Optional.of(new ForeignTables("the file '" + configured + "'", List.copyOf(tables)))
                        : Optional.empty());
    }

    private static Path beside(Path file) {
        String name = String.valueOf(file.getFileName());
        int end = name.lastIndexOf('.');
        return file.resolveSibling(
                end > 0 ? name.substring(0, end) + OWN + name.substring(end) : name + OWN + DEFAULT_END);
    }

    /** The name of the configured file for a file of either kind. */
    static String configuredName(String name) {
        return name.replaceFirst("\\.belfry(?=\\.[^.]+$)", "");
    }

    /** Empty if they cannot be read: opening the file for use says why. */
    private static Set<String> tables(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                return Set.of();
            }
            // A file without a write-ahead log is opened without any file beside it.
            boolean hasLog = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl(SqliteUrl.of(file) + (hasLog ? "?mode=ro" : "?mode=ro&immutable=1"));
            try (Connection connection = source.getConnection()) {
                return SqliteTables.names(connection);
            }
        } catch (IOException | SQLException e) {
            return Set.of();
        }
    }

    /** A sentence for the first start; empty if there is nothing to say. */
    Optional<String> notice() {
        return foreign.filter(_ -> isNew)
                .map(tables -> tables.description() + ". Belfry leaves them alone and uses the file '" + file + "'"
                        + tables.hint(true));
    }

    /** A clause for {@code doctor}; empty if there is nothing to say. */
    String beside() {
        return foreign.map(tables -> "; " + tables.description() + ", which stay as they are" + tables.hint(isNew))
                .orElse("");
    }
}
