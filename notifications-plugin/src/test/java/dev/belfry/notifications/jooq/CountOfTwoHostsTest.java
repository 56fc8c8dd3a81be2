package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two hosts on one database send, mark, mark all, purge and compact concurrently in random order, while users join and leave
 * groups. The stored count always equals the one that counting gives.
 */
@Tag("soak")
class CountOfTwoHostsTest {

    private static final int ROUNDS = 40;
    private static final int AT_ONCE = 12;
    private static final int THREADS = 6;
    private static final int TOPICS = 12;

    /** The definition of the unread count: notifications that reach the user, each once, and are not read. */
    private static final String HONEST = """
            select count(*) from notification n
            left join addressee a on a.user_ref = ? and a.pos = n.pos
            left join read_mark m on m.user_ref = ? and m.audience = n.audience and m.pos = n.pos
            where (a.pos is not null or n.audience = 1
                   or n.audience in (select g.audience from audience_group g where g.group_ref in (%s)))
            and case when a.pos is not null then a.read = 0 else m.pos is null end""";

    private final long seed = Long.getLong("belfry.test.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<EntityRef> users = IntStream.range(0, 5)
            .mapToObj(i -> EntityRef.user("default", "u" + i))
            .toList();
    private final List<EntityRef> groups = IntStream.range(0, 4)
            .mapToObj(i -> EntityRef.group("default", "g" + i))
            .toList();
    private final Map<EntityRef, Set<EntityRef>> memberships = new ConcurrentHashMap<>();
    private final List<NotificationId> ids = new CopyOnWriteArrayList<>();
    private final AtomicInteger places = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theStoredCountEqualsTheCountedOne(Dialect dialect) throws Exception {
        users.forEach(user -> memberships.put(user, Set.copyOf(someOf(groups))));
        try (TestDatabase database = TestDatabase.of(dialect, JooqNotificationStore.class);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            database.migrate(JooqNotificationStore.MIGRATIONS);
            List<JooqNotificationStore> hosts =
                    List.of(new JooqNotificationStore(database), new JooqNotificationStore(database));
            for (int round = 0; round < ROUNDS; round++) {
                List<Callable<Object>> steps = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    steps.add(step(oneOf(hosts)));
                }
                for (Future<Object> step : threads.invokeAll(steps)) {
                    step.get();
                }
                for (EntityRef user : users) {
                    assertCount(database, oneOf(hosts), user, round);
                }
            }
        }
    }

    private void assertCount(TestDatabase database, JooqNotificationStore host, EntityRef user, int round)
            throws SQLException {
        Recipient recipient = recipient(user);
        InboxCounts counts = host.counts(recipient, Scope.ALL);
        assertThat(counts.total() - counts.read())
                .as("%s after round %d, with -Dbelfry.test.seed=%d", recipient, round, seed)
                .isEqualTo(honestCount(database, recipient));
    }

    private static long honestCount(TestDatabase database, Recipient recipient) throws SQLException {
        List<String> named = new ArrayList<>(
                recipient.groups().stream().map(EntityRef::qualifiedName).toList());
        // An empty list is not valid SQL on every database.
        named.add("");
        String query = HONEST.formatted(String.join(",", Collections.nCopies(named.size(), "?")));
        try (Connection connection = database.readOnlyDataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, recipient.user().qualifiedName());
            statement.setString(2, recipient.user().qualifiedName());
            for (int i = 0; i < named.size(); i++) {
                statement.setString(3 + i, named.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getLong(1);
            }
        }
    }

    /** One thread draws all steps, so that a seed gives the same steps. How they interleave depends on the machine. */
    private Callable<Object> step(JooqNotificationStore host) {
        EntityRef user = oneOf(users);
        Recipient recipient = recipient(user);
        return switch (random.nextInt(13)) {
            case 0, 1, 2, 3 -> send(host, 1);
            case 4 -> send(host, random.nextInt(2, 30));
            case 5, 6, 7 -> mark(host, recipient);
            case 8 -> {
                int until = random.nextInt(places.get() + 1);
                yield () -> host.markAllRead(recipient, Scope.ALL, NOON.plusMillis(until));
            }
            case 9 -> {
                RetentionCutoff cutoff = new RetentionCutoff(
                        random.nextInt(4) == 0 ? NOON.plusMillis(random.nextInt(places.get() + 1) / 3) : null,
                        Map.of("t" + random.nextInt(TOPICS), NOON.plusMillis(random.nextInt(places.get() + 1))));
                yield () -> host.purge(cutoff);
            }
            case 10, 11 -> {
                Set<EntityRef> joined = Set.copyOf(someOf(groups));
                yield () -> memberships.put(user, joined);
            }
            default ->
                () -> {
                    host.compactCounters();
                    return "folded";
                };
        };
    }

    private Callable<Object> mark(JooqNotificationStore host, Recipient recipient) {
        if (ids.isEmpty()) {
            return () -> "nothing to mark";
        }
        List<NotificationId> marked =
                IntStream.range(0, 5).mapToObj(_ -> oneOf(ids)).toList();
        boolean read = random.nextInt(3) > 0;
        return () -> {
            marked.forEach(id -> host.mark(recipient, id, read));
            return marked;
        };
    }

    private Callable<Object> send(JooqNotificationStore host, int many) {
        List<AddressedNotification> notifications = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            NotificationId id = id(NOON.plusMillis(places.getAndIncrement()), 0);
            Addressees addressees = random.nextInt(8) == 0
                    ? Addressees.EVERYONE
                    : Addressees.of(random.nextBoolean() ? someOf(users) : List.of(oneOf(users)), someOf(groups));
            Content content = new Content("n", "test", null, "t" + random.nextInt(TOPICS), List.of());
            notifications.add(
                    new AddressedNotification(new Notification(id, content, addressees.isEveryone()), addressees));
            ids.add(id);
        }
        return () -> host.save(notifications, null);
    }

    private Recipient recipient(EntityRef user) {
        return new Recipient(user, memberships.getOrDefault(user, Set.of()));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> List<T> someOf(List<T> all) {
        return all.stream().filter(_ -> random.nextInt(3) == 0).toList();
    }
}
