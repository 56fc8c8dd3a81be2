package dev.belfry.benchmarks.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;

/** The peer's database: a row a message, one a user, one a group. */
public final class PeerTarget implements Target {

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DataSource database;

    public PeerTarget(DataSource database) {
        this.database = database;
    }

    @Override
    public void load(DataSet data) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            Copy.into(
                    connection,
                    "messages (id, origin, created, title, message, topic, is_system)",
                    data.rows(),
                    row -> Copy.line(
                            row.randomId(),
                            row.origin(),
                            CREATED.format(row.created()),
                            row.title(),
                            row.message(),
                            row.topic(),
                            row.user() == null && row.group() == null));
            Copy.into(
                    connection,
                    "users (message_id, \"user\", read)",
                    data.rows().filter(row -> row.user() != null),
                    row -> Copy.line(row.randomId(), row.user(), row.read()));
            Copy.into(
                    connection,
                    "groups (message_id, \"group\")",
                    data.rows().filter(row -> row.group() != null),
                    row -> Copy.line(row.randomId(), row.group()));
            statement.execute("vacuum analyze");
        }
    }
}
