package dev.belfry.benchmarks.data;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.Dialect;
import dev.belfry.api.database.Signals;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.RetentionCutoff;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Belfry's tables, as far as a loader has to know them; docs/decisions/0002 describes them. */
final class Tables {

    /** The kept counts of what was loaded, which each create would have added to. */
    static final String COUNT = """
            insert into tally (owner, audience, total, read, changes)
            select owner, audience, total, read, changes from (
                select '' as owner, audience, count(*) as total, 0 as read, 1 as changes
                from notification where audience <> 0 group by audience
                union all
                select user_ref, 0, count(*), sum(read), 1 from addressee group by user_ref
            ) as counted where true
            on conflict (owner, audience) do update
            set total = excluded.total, read = excluded.read, changes = tally.changes + 1""";

    /** Says of what was loaded that its trigrams are still to be written down: {@code prepareSearch} does it. */
    static final String GAP = "insert into trigram_gap (until) select max(pos) from notification";

    private static final long NOBODY = 0;
    private static final long EVERYONE = 1;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final Map<String, Long> audiences;

    private Tables(Map<String, Long> audiences) {
        this.audiences = audiences;
    }

    private record Opened(DataSource dataSource, Dialect dialect) implements Database {
        @Override
        public DataSource readOnlyDataSource() {
            return dataSource;
        }

        @Override
        public void migrate(String folder) {
            throw new UnsupportedOperationException("the host makes the tables");
        }

        @Override
        public Optional<DatabaseUnavailable> unavailability(Throwable failure) {
            return Optional.empty();
        }

        @Override
        public Signals signals() {
            throw new UnsupportedOperationException("there are no other hosts");
        }
    }

    static JooqNotificationStore store(DataSource database, Dialect dialect) {
        return new JooqNotificationStore(new Opened(database, dialect));
    }

    /** The store numbers its audiences by itself: it is told of each group once, by a message that is purged again. */
    static Tables of(DataSource database, Dialect dialect) throws SQLException {
        JooqNotificationStore store = store(database, dialect);
        IntStream.range(0, DataSet.GROUPS).forEach(i -> store.save(greeting(i), toGroup(DataSet.group(i))));
        store.purge(new RetentionCutoff(LONG_AGO.plusSeconds(DataSet.GROUPS), Map.of()));
        store.compactCounters();
        Map<String, Long> audiences = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("""
                        select group_ref, audience from audience_group
                        where audience in (select audience from audience_group group by audience having count(*) = 1)""")) {
            while (result.next()) {
                audiences.put(result.getString(1), result.getLong(2));
            }
        }
        return new Tables(audiences);
    }

    private static Notification greeting(int number) {
        Row row = new Row(number, LONG_AGO.plusSeconds(number), null, null, false);
        UUID id = row.id();
        return new Notification(
                new NotificationId(id), new Content(row.origin(), row.title(), null, null, List.of()), false);
    }

    private static Addressees toGroup(String group) {
        return Addressees.of(List.of(), List.of(EntityRef.parse(group, EntityRef.GROUP)));
    }

    long audience(Row row) {
        if (row.user() != null) {
            return NOBODY;
        }
        @Nullable String group = row.group();
        return group == null ? EVERYONE : audiences.getOrDefault(group, NOBODY);
    }
}
