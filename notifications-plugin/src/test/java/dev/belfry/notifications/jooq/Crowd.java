package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.CLAIM;
import static dev.belfry.notifications.jooq.schema.Tables.MUTE;
import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** 100,000 notifications, one per millisecond, and their readers. */
final class Crowd {

    static final int NOTIFICATIONS = 100_000;

    /** After the last one. */
    static final Instant END = NOON.plusMillis(NOTIFICATIONS);

    /** A member of few groups. */
    static final Recipient FEW = recipient("few", 0, 3);

    static final Recipient MANY = recipient("many", 0, 30);

    /** Named by a tenth of all notifications, of which all but three are read. */
    static final Recipient HOARDER = recipient("hoarder", 0, 1);

    static final List<Recipient> ALL = List.of(FEW, MANY, HOARDER);

    /** Notifications that are not compacted into the counters yet. */
    private static final int UNFOLDED = 30_000;

    private static final int AT_ONCE = 2_000;
    private static final int GROUPS = 300;
    private static final int USERS = 20_000;
    private static final int CLAIMS = 10_000;
    private static final int AUDIENCES = 40_000;
    private static final int WHO_HAVE_READ = 10;

    private final Database database;
    private final JooqNotificationStore store;

    private Crowd(Database database) {
        this.database = database;
        this.store = new JooqNotificationStore(database);
    }

    static void load(Database database) throws SQLException {
        Crowd crowd = new Crowd(database);
        crowd.send(0, NOTIFICATIONS - UNFOLDED);
        crowd.read();
        crowd.store.compactCounters();
        crowd.send(NOTIFICATIONS - UNFOLDED, NOTIFICATIONS);
        crowd.fill();
        crowd.store.prepareSearch();
        if (database.dialect() == Dialect.POSTGRESQL) {
            // Statistics are collected now, and not again during a test.
            for (String table : Planner.TABLES) {
                crowd.execute("alter table if exists " + table + " set (autovacuum_enabled = false)");
            }
            crowd.execute("vacuum analyze");
        }
    }

    static Recipient recipient(String name, int firstGroup, int groups) {
        return new Recipient(user(name), groups(firstGroup, groups));
    }

    private static Set<EntityRef> groups(int first, int many) {
        return IntStream.range(first, first + many)
                .mapToObj(i -> group("g" + i % GROUPS))
                .collect(Collectors.toSet());
    }

    private void send(int from, int to) {
        for (int first = from; first < to; first += AT_ONCE) {
            List<AddressedNotification> notifications = IntStream.range(first, first + AT_ONCE)
                    .mapToObj(Crowd::addressed)
                    .toList();
            assertThat(store.save(notifications, null)).isEqualTo(new SaveOutcome.Stored());
        }
    }

    static AddressedNotification addressed(int i) {
        Addressees addressees = addressees(i);
        return new AddressedNotification(notification(i, addressees.isEveryone()), addressees);
    }

    private static Addressees addressees(int i) {
        EntityRef somebody = user("u" + i % USERS);
        return switch (i % 20) {
            case 0, 1 -> Addressees.of(List.of(HOARDER.user()), Set.of());
            case 2, 3, 4, 5, 6 -> Addressees.of(List.of(), groups(i / 20, 1));
            case 7, 8 -> Addressees.of(List.of(), groups(i / 20, 2));
            case 9 -> Addressees.of(List.of(somebody), groups(i / 20, 1));
            case 10 -> i % 40 == 10 ? Addressees.EVERYONE : Addressees.of(List.of(somebody, FEW.user()), Set.of());
            default -> Addressees.of(List.of(somebody), Set.of());
        };
    }

    private static Notification notification(int i, boolean system) {
        String word = i % 30_000 == 45 ? "xylophone" : "deploy";
        return new Notification(
                id(NOON.plusMillis(i), 0),
                new Content(
                        "origin" + i % 7,
                        word + " " + Integer.toString(i * 7919 % NOTIFICATIONS, 36),
                        i % 3 == 0 ? null : "the build number " + i + " is done, and all of its tests have passed",
                        "topic" + i % 50,
                        List.of()),
                system);
    }

    private void read() {
        for (int i = 0; i < WHO_HAVE_READ; i++) {
            store.markAllRead(recipient("reader" + i, i * 30, 30), Scope.ALL, END);
        }
        ALL.forEach(reader -> store.markAllRead(reader, Scope.ALL, END.minusMillis(UNFOLDED + 20_000)));
        store.markAllRead(HOARDER, Scope.ALL, END);
        List.of(0, 20_000, 40_000).forEach(i -> store.mark(HOARDER, id(NOON.plusMillis(i), 0), false));
    }

    /** All of the readers, and many others, have muted something. */
    private void mute(DSLContext sql) {
        ALL.forEach(reader ->
                store.replaceMuteList(reader.user(), MuteList.of(Set.of("topic3", "topic40"), Set.of("origin6"))));
        for (int first = 0; first < USERS; first += AT_ONCE) {
            var insert = sql.insertInto(MUTE, MUTE.USER_REF, MUTE.KIND, MUTE.VALUE);
            for (int i = first; i < first + AT_ONCE; i++) {
                insert = insert.values("default/u" + i, "topic", "topic" + i % 50);
            }
            insert.execute();
        }
    }

    /** Rows that other uses of the tables leave behind. */
    private void fill() {
        DSLContext sql = DSL.using(
                database.dataSource(), database.dialect() == Dialect.SQLITE ? SQLDialect.SQLITE : SQLDialect.POSTGRES);
        mute(sql);
        for (int first = 0; first < AUDIENCES; first += AT_ONCE) {
            var insert = sql.insertInto(AUDIENCE_GROUP, AUDIENCE_GROUP.GROUP_REF, AUDIENCE_GROUP.AUDIENCE);
            for (int i = first; i < first + AT_ONCE; i++) {
                insert = insert.values("default/other" + i % 5_000, Long.MAX_VALUE - i);
            }
            insert.execute();
        }
        for (int first = 0; first < CLAIMS; first += AT_ONCE) {
            var insert =
                    sql.insertInto(CLAIM, CLAIM.CALLER, CLAIM.CLAIM_KEY, CLAIM.FINGERPRINT, CLAIM.ANSWER, CLAIM.MADE);
            for (int i = first; i < first + AT_ONCE; i++) {
                insert = insert.values(
                        "ci",
                        "key" + i,
                        "a fingerprint of what was sent",
                        "{\"id\":\"an answer\"}",
                        NOON.plusSeconds(i).toEpochMilli());
            }
            insert.execute();
        }
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement all = connection.createStatement()) {
            all.execute(statement);
        }
    }

    /** New notifications. */
    static List<AddressedNotification> more(int first, int many) {
        List<AddressedNotification> notifications = new ArrayList<>();
        for (int i = first; i < first + many; i++) {
            notifications.add(addressed(NOTIFICATIONS + i));
        }
        return notifications;
    }
}
