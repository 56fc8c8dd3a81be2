package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The cost of a statement does not grow with the tables: with 100,000 notifications, no plan reads a whole table or all newer
 * notifications.
 */
@Tag("soak")
class PlansTest {

    private static final int LIMIT = 20;
    private static final List<@Nullable Boolean> READ_OR_NOT = Arrays.asList(null, false, true);
    private static final Order BY_TITLE = new Order(Order.Field.TITLE, Direction.ASC);
    private static final Order BY_MESSAGE = new Order(Order.Field.MESSAGE, Direction.DESC);
    private static final Order OLDEST_FIRST = new Order(Order.Field.CREATED, Direction.ASC);

    /** One, two and more letters; frequent, rare and absent. */
    private static final List<String> TEXTS = List.of("d", "de", "xy", "deploy", "xylophone", "nowhere at all");

    /**
     * A scan that is allowed.
     *
     * @param during a part of the description of a call; empty: every call
     */
    private record Allowed(String during, String table, String reason) {
        boolean covers(Scan scan) {
            return scan.during().contains(during) && scan.table().equals(table);
        }
    }

    private static final List<Allowed> ALLOWED = List.of(
            new Allowed("", "change_source", "it has one row"),
            new Allowed("compact", "tally_delta", "it empties the table"),
            new Allowed("text=de", "notification", "it reads at most 5,000 matches of a frequent word"),
            new Allowed("text=", "trigram", "it reads at most a hundred trigrams"),
            new Allowed("purge", "notification", "it reads from the oldest on, a thousand at a time"),
            new Allowed("purge", "trigram", "it reads the whole table, 5,000 at a time"),
            new Allowed("delete keys", "claim", "it deletes the rows that it reads, from the oldest on"));

    /** Notifications purged so far. Few at a time: to find many rows in such a small table, a scan is the right plan. */
    private final AtomicInteger purged = new AtomicInteger();

    /** Numbers of notifications and keys, so that none is sent twice. */
    private final AtomicInteger counter = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void noStatementReadsAWholeTable(Dialect dialect) throws SQLException {
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            Crowd.load(database);
            Planner planner = Planner.of(database);
            JooqNotificationStore store = new JooqNotificationStore(planner);
            store.prepareSearch();

            Crowd.ALL.forEach(reader -> readers(planner, store, reader));
            writers(planner, store);

            assertThat(planner.planned()).hasSizeGreaterThan(100);
            assertThat(planner.scans().stream().filter(scan -> ALLOWED.stream().noneMatch(one -> one.covers(scan))))
                    .isEmpty();

            // Without indexes the same check has to find scans.
            dropIndexes(database);
            Planner again = Planner.of(database);
            withoutIndexes(again, new JooqNotificationStore(again));
            assertThat(again.scans().stream().map(Scan::table).collect(Collectors.toSet()))
                    .contains("notification", "addressee", "read_mark", "claim", "tally_delta");
        }
    }

    /** A plan that is made while the table is empty is kept when it is full. */
    @Test
    void onPostgresDeltasAreReadByIndexAlsoAfterPlanningOnAnEmptyTable() throws SQLException {
        try (TestDatabase database = TestDatabase.of(Dialect.POSTGRESQL, JooqNotificationStore.class)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            JooqNotificationStore store = new JooqNotificationStore(database);
            execute(
                    database,
                    "insert into tally_delta (owner, audience, total, read)"
                            + " select 'default/u' || i % 1000, 0, 1, 0 from generate_series(1, 20000) i");
            store.compactCounters();
            execute(database, "vacuum analyze tally_delta");
            Planner planner = Planner.of(database);
            JooqNotificationStore planned = new JooqNotificationStore(planner);

            planner.during("tally", () -> planned.counts(Crowd.FEW, Scope.ALL));
            planner.during("page", () -> planned.page(Crowd.FEW, Filter.of(Scope.ALL), Order.NEWEST_FIRST, 0, LIMIT));

            assertThat(planner.planned()).isNotEmpty();
            assertThat(planner.scans()).noneMatch(scan -> scan.table().equals("tally_delta"));
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void readers(Planner planner, JooqNotificationStore store, Recipient reader) {
        for (Scope scope : Scope.values()) {
            for (Boolean read : READ_OR_NOT) {
                Filter filter = new Filter(scope, null, null, read);
                pages(planner, store, reader, filter, Order.NEWEST_FIRST);
                planner.during("count " + reader + filter, () -> store.count(reader, filter));
            }
            planner.during("tally " + reader + scope, () -> store.counts(reader, scope));
        }
        for (Boolean read : READ_OR_NOT) {
            Filter filter = new Filter(Scope.ALL, null, null, read);
            List.of(OLDEST_FIRST, BY_TITLE, BY_MESSAGE).forEach(order -> pages(planner, store, reader, filter, order));
            filtered(planner, store, reader, new Filter(Scope.ALL, null, Crowd.END.minusMillis(5_000), read));
        }
        for (String text : TEXTS) {
            filtered(planner, store, reader, new Filter(Scope.ALL, text, null, null));
            pages(planner, store, reader, new Filter(Scope.ALL, text, null, false), Order.NEWEST_FIRST);
        }
        for (boolean muted : new boolean[] {true, false}) {
            Filter filter = new Filter(Scope.ALL, null, null, false).withMuted(muted);
            filtered(planner, store, reader, filter);
            pages(planner, store, reader, Filter.of(Scope.ALL).withMuted(muted), Order.NEWEST_FIRST);
        }
        planner.during("mute lists", () -> store.muteLists(Set.of(reader.user())));
        planner.during("unread " + reader, () -> store.bulkUnread(List.of(reader)));
        for (NotificationId one : someIds()) {
            planner.during("find " + reader, () -> store.find(reader, one));
            planner.during("mark " + reader, () -> {
                store.mark(reader, one, true);
                store.mark(reader, one, false);
            });
        }
    }

    /** To a user, to one group and to two, to both, to everyone, to others, and one that does not exist. */
    private static List<NotificationId> someIds() {
        return List.of(0, 2, 7, 9, 10, 30, 19, Crowd.NOTIFICATIONS + 1_000_000).stream()
                .map(i -> id(NOON.plusMillis(i), 0))
                .toList();
    }

    private static void filtered(Planner planner, JooqNotificationStore store, Recipient reader, Filter filter) {
        planner.during("count " + reader + filter, () -> store.count(reader, filter));
        pages(planner, store, reader, filter, Order.NEWEST_FIRST);
        planner.during(
                "page " + reader + filter + BY_TITLE,
                () -> store.page(reader, filter, BY_TITLE, 0, LIMIT).items());
    }

    private static void pages(
            Planner planner, JooqNotificationStore store, Recipient reader, Filter filter, Order order) {
        String asked = " " + reader + filter + order;
        planner.during(
                "page" + asked,
                () -> store.page(reader, filter, order, 0, LIMIT).items());
        planner.during(
                "page" + asked,
                () -> store.page(reader, filter, order, 2L * LIMIT, LIMIT).items());
        for (String text : Arrays.asList("deploy", null)) {
            SeekPosition last = new SeekPosition(id(NOON.plusMillis(Crowd.NOTIFICATIONS / 2), 0), text);
            planner.during(
                    "following" + asked,
                    () -> store.following(reader, filter, order, last, LIMIT).items());
        }
    }

    private void writers(Planner planner, JooqNotificationStore store) {
        for (int i = 0; i < LIMIT; i++) {
            planner.during("save one", () -> store.save(Crowd.more(counter.getAndIncrement(), 1), null));
        }
        planner.during("save many", () -> store.save(Crowd.more(counter.getAndAdd(LIMIT), LIMIT), null));
        planner.during("save with a key", () -> {
            IdempotencyKey key = key("new" + counter.get(), Crowd.END);
            store.save(Crowd.more(counter.getAndIncrement(), 1), key);
            store.save(Crowd.more(counter.getAndIncrement(), 1), key);
        });
        planner.during(
                "save with a key that has had its time",
                () -> store.save(
                        Crowd.more(counter.getAndIncrement(), 1),
                        key(
                                "key" + counter.get(),
                                NOON.plusSeconds(counter.get()).plus(IdempotencyKey.LIFETIME))));
        planner.during("mark all", () -> {
            Recipient reader = Crowd.recipient("all" + counter.get(), counter.getAndIncrement(), 3);
            store.markAllRead(reader, Scope.ALL, Crowd.END);
        });
        planner.during("mark all of the hoarder's", () -> store.markAllRead(Crowd.HOARDER, Scope.USER, Crowd.END));
        planner.during("delete keys", () -> store.deleteIdempotencyKeys(NOON.plusSeconds(counter.getAndIncrement())));
        planner.during(
                "purge",
                () -> store.purge(new RetentionCutoff(
                        NOON.plusMillis(purged.addAndGet(20)), Map.of("topic3", NOON.plusMillis(purged.get() + 200)))));
        planner.during(
                "mute",
                () -> store.replaceMuteList(
                        Crowd.FEW.user(), MuteList.of(Set.of("topic" + counter.getAndIncrement()), Set.of("origin3"))));
        planner.during("compact", store::compactCounters);
    }

    private static IdempotencyKey key(String key, Instant made) {
        return new IdempotencyKey("ci", key, "fingerprint", "answer", made);
    }

    private void withoutIndexes(Planner planner, JooqNotificationStore store) {
        planner.during(
                "page",
                () -> store.page(Crowd.FEW, new Filter(Scope.SYSTEM, null, null, null), Order.NEWEST_FIRST, 0, LIMIT)
                        .items());
        store.save(Crowd.more(counter.getAndAdd(5_000), 5_000), null);
        planner.during("tally", () -> store.counts(Crowd.FEW, Scope.ALL));
        planner.during("delete keys", () -> store.deleteIdempotencyKeys(NOON.plusSeconds(counter.getAndIncrement())));
        planner.during(
                "purge", () -> store.purge(new RetentionCutoff(NOON.plusMillis(purged.addAndGet(20)), Map.of())));
    }

    /** Drops all indexes except unique ones. */
    private static void dropIndexes(TestDatabase database) throws SQLException {
        String indexes = switch (database.dialect()) {
            case SQLITE -> "select name from sqlite_master where type = 'index' and sql is not null";
            case POSTGRESQL ->
                "select indexrelid::regclass::text from pg_index where not indisunique"
                        + " and indrelid in (select oid from pg_class where relnamespace = current_schema()::regnamespace)";
        };
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(indexes)) {
                while (found.next()) {
                    if (Planner.TABLES.stream().anyMatch(name(found)::startsWith)) {
                        names.add(name(found));
                    }
                }
            }
            assertThat(Set.copyOf(names)).hasSizeGreaterThan(3);
            for (String name : names) {
                statement.execute("drop index " + name);
            }
        }
    }

    private static String name(ResultSet found) throws SQLException {
        return found.getString(1);
    }
}
