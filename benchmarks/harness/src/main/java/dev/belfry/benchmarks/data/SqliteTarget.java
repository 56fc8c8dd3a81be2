package dev.belfry.benchmarks.data;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.Folding;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteDataSource;

/** Belfry's database in a file of SQLite, which no host may have open. */
public final class SqliteTarget implements Target {

    private static final int ROWS_AT_ONCE = 5000;

    private final SQLiteDataSource database;

    public SqliteTarget(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    }

    @Override
    public void load(DataSet data) throws SQLException {
        Tables tables = Tables.of(database, Dialect.SQLITE);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (PreparedStatement notification = connection.prepareStatement(
                            "insert into notification (pos, id, audience, origin, title, message, topic,"
                                    + " actions, folded) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
                    PreparedStatement addressee =
                            connection.prepareStatement("insert into addressee values (?, ?, ?)")) {
                Iterator<Row> rows = data.rows().iterator();
                for (long i = 1; rows.hasNext(); i++) {
                    add(rows.next(), tables, notification, addressee);
                    if (i % ROWS_AT_ONCE == 0 || !rows.hasNext()) {
                        notification.executeBatch();
                        addressee.executeBatch();
                    }
                }
            }
            statement.execute(Tables.COUNT);
            statement.execute("insert into searched (pos) select pos from notification"
                    + " where pos not in (select pos from searched) order by pos");
            statement.execute("insert into folded_text (rowid, folded) select doc, folded || char(65535, 65535)"
                    + " from searched join notification using (pos)");
            statement.execute(Tables.GAP);
            connection.commit();
        }
        Tables.store(database, Dialect.SQLITE).prepareSearch();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_checkpoint(truncate)");
        }
    }

    private static void add(Row row, Tables tables, PreparedStatement notification, PreparedStatement addressee)
            throws SQLException {
        notification.setLong(1, row.position());
        notification.setString(2, row.id().toString());
        notification.setLong(3, tables.audience(row));
        notification.setString(4, row.origin());
        notification.setString(5, row.title());
        notification.setString(6, row.message());
        notification.setString(7, row.topic());
        notification.setString(8, "[]");
        notification.setString(9, Folding.fold(row.title(), row.message()));
        notification.addBatch();
        if (row.user() != null) {
            addressee.setString(1, row.user());
            addressee.setLong(2, row.position());
            addressee.setInt(3, row.read() ? 1 : 0);
            addressee.addBatch();
        }
    }
}
