package dev.belfry.benchmarks.load;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * What a create does to a file of SQLite, done by plain statements one commit at a time: the rows that a notification to one
 * user takes, search included, and a commit that waits for the disk.
 */
public final class SqliteLoop {

    private static final String ID = "01900000-0000-7000-8000-000000000000";

    private final SQLiteConfig config = new SQLiteConfig();
    private final String url;

    /** @param file with Belfry's tables, which nobody else has open */
    public SqliteLoop(Path file) {
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        url = "jdbc:sqlite:" + file.toAbsolutePath();
    }

    /** For so long. */
    public Rate measure(Duration time) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        long begin = System.nanoTime();
        try (Connection connection = config.createConnection(url);
                PreparedStatement notification = connection.prepareStatement("insert into notification"
                        + " (pos, id, audience, origin, title, message, topic, actions, folded)"
                        + " values (?, ?, 0, 'benchmark', ?, 'lorem ipsum one two three', 't', '[]', ?)");
                PreparedStatement addressee =
                        connection.prepareStatement("insert into addressee (user_ref, pos, read) values (?, ?, 0)");
                PreparedStatement delta = connection.prepareStatement(
                        "insert into tally_delta (owner, audience, total, read) values (?, 0, 1, 0)");
                PreparedStatement searched = connection.prepareStatement("insert into searched (pos) values (?)");
                PreparedStatement folded = connection.prepareStatement(
                        "insert into folded_text (rowid, folded) values (last_insert_rowid(), ? || char(65535, 65535))")) {
            connection.setAutoCommit(false);
            long position = last(connection);
            while (System.nanoTime() - begin < time.toNanos()) {
                long start = System.nanoTime();
                position++;
                String user = "default/u" + position % 1000;
                String title = "Created " + nanos.size();
                String text = title.toLowerCase(java.util.Locale.ROOT) + "\uFFFFlorem ipsum one two three";
                notification.setLong(1, position);
                notification.setString(2, ID);
                notification.setString(3, title);
                notification.setString(4, text);
                notification.executeUpdate();
                addressee.setString(1, user);
                addressee.setLong(2, position);
                addressee.executeUpdate();
                delta.setString(1, user);
                delta.executeUpdate();
                searched.setLong(1, position);
                searched.executeUpdate();
                folded.setString(1, text);
                folded.executeUpdate();
                connection.commit();
                nanos.add(System.nanoTime() - start);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        nanos.sort(Long::compare);
        return new Rate(nanos.size() / seconds, millis(nanos, 0.5), millis(nanos, 0.99), 0);
    }

    private static long last(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet last = statement.executeQuery("select max(pos) from notification")) {
            last.next();
            return last.getLong(1);
        }
    }

    private static double millis(List<Long> sorted, double part) {
        return sorted.get((int) (part * (sorted.size() - 1))) / 1e6;
    }
}
