package dev.belfry.host.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** The tables in a file of SQLite. */
final class SqliteTables {

    private static final String REMEDY =
            ": restore a backup, or, to give up all data of the plugin, stop the host and move the file away";

    private SqliteTables() {}

    /** @throws UnusableDatabase if a table is missing; the message says what to do */
    static void require(Connection connection, DatabaseAddress.Sqlite address, Set<String> tables) throws SQLException {
        Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        missing.addAll(tables);
        missing.removeAll(names(connection));
        if (!missing.isEmpty()) {
            throw new UnusableDatabase(
                    "the table '" + String.join("', '", missing) + "' is missing in the file '" + address.file() + "'"
                            + REMEDY,
                    Outages.UNDEFINED_TABLE);
        }
    }

    /**
     * @param created the tables that the plugin's migrations create
     * @throws UnusableDatabase if some of them are there, but the history of the migrations is lost
     */
    static void requireHistory(Connection connection, DatabaseAddress.Sqlite address, Set<String> created)
            throws SQLException {
        Set<String> found = names(connection);
        boolean hasHistory = found.contains(PluginSchema.HISTORY);
        if (hasHistory && hasRows(connection)) {
            return;
        }
        if (created.stream().anyMatch(found::contains)) {
            throw new UnusableDatabase("the file '" + address.file()
                    + "' has tables of this plugin, but the history of its migrations, " + PluginSchema.HISTORY
                    + ", is " + (hasHistory ? "empty" : "missing") + REMEDY);
        }
    }

    /** A migration needs it. With a write-ahead log, reading is no sign of it. */
    static void requireLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("rollback");
        }
    }

    static String foreign(DatabaseAddress.Sqlite address) {
        return "the file '" + address.file()
                + "' has tables of another application, which stay as they are. Move the file away, or "
                + address.elsewhere();
    }

    private static boolean hasRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1 from " + PluginSchema.HISTORY + " limit 1")) {
            return row.next();
        }
    }

    static Set<String> names(Connection connection) throws SQLException {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name from sqlite_master where type = 'table'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
