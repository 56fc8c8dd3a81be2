package dev.belfry.benchmarks.data;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.storage.Folding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Belfry's database on PostgreSQL. The index of texts is made anew once everything is there, which is much quicker. */
public final class PostgresTarget implements Target {

    private final DataSource database;

    public PostgresTarget(DataSource database) {
        this.database = database;
    }

    @Override
    public void load(DataSet data) throws SQLException {
        Tables tables = Tables.of(database, Dialect.POSTGRESQL);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop index if exists notification_folded");
            Copy.into(
                    connection,
                    "notification (pos, audience, id, origin, title, message, topic, actions, folded)",
                    data.rows(),
                    row -> Copy.line(
                            row.position(),
                            tables.audience(row),
                            row.id(),
                            row.origin(),
                            row.title(),
                            row.message(),
                            row.topic(),
                            "[]",
                            Folding.fold(row.title(), row.message())));
            Copy.into(
                    connection,
                    "addressee (pos, read, user_ref)",
                    data.rows().filter(row -> row.user() != null),
                    row -> Copy.line(row.position(), row.read() ? 1 : 0, row.user()));
            statement.execute(Tables.COUNT);
            statement.execute(Tables.GAP);
        }
        JooqNotificationStore store = Tables.store(database, Dialect.POSTGRESQL);
        store.prepareSearch();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
        }
    }
}
