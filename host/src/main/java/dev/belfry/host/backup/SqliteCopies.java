package dev.belfry.host.backup;

import dev.belfry.host.files.SqliteUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;

/** Copies of SQLite databases, made by SQLite. */
final class SqliteCopies {

    private static final int ALL_PAGES = -1;
    private static final int OK = 0;
    private static final int PAUSE_MILLIS = 100;
    private static final int ATTEMPTS = 300;

    private SqliteCopies() {}

    /** SQLite's online backup, in one step: writers are not blocked, and do not make it start again. */
    static void copy(Path file, Path copy) throws IOException {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file))) {
            int result = connection
                    .unwrap(SQLiteConnection.class)
                    .getDatabase()
                    .backup("main", copy.toString(), null, PAUSE_MILLIS, ATTEMPTS, ALL_PAGES);
            if (result != OK) {
                throw new BackupFailed(file + " cannot be copied: SQLite answers " + result);
            }
        } catch (SQLException e) {
            throw new IOException(file + " cannot be copied", e);
        }
    }

    /** @throws BackupFailed when it is not a database, or is corrupt */
    static void check(Path file, String name) {
        try (Connection connection = DriverManager.getConnection(SqliteUrl.of(file));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("pragma integrity_check")) {
            if (!result.next() || !"ok".equals(result.getString(1))) {
                throw new BackupFailed("'" + name + "' in the backup is damaged: " + result.getString(1));
            }
        } catch (SQLException e) {
            throw new BackupFailed("'" + name + "' in the backup is no database: " + e.getMessage(), e);
        }
    }
}
