package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** The tables in a file of SQLite. */
final class SqliteTables {

    private SqliteTables() {}

    /** @throws UnusableDatabase if a table is missing; the message says what to do */
    static void require(Connection connection, DatabaseAddress.Sqlite address, Set<String> tables) throws SQLException {
        Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        missing.addAll(tables);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name from sqlite_master where type = 'table'")) {
            while (row.next()) {
                missing.remove(row.getString(1));
            }
        }
        if (!missing.isEmpty()) {
            throw new UnusableDatabase(
                    "the table '" + String.join("', '", missing) + "' is missing in the file '" + address.file()
                            + "': restore a backup, or, to give up all data of the plugin, stop the host and move the"
                            + " file away",
                    Outages.UNDEFINED_TABLE);
        }
    }
}
