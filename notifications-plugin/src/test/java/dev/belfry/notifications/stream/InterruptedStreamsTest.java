package dev.belfry.notifications.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.jooq.JooqNotificationStore;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import dev.belfry.notifications.storage.contract.Property;
import dev.belfry.notifications.storage.contract.Samples;
import dev.belfry.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that are cut off at random, and connect again to any host, while several hosts write: what a client has seen equals what the
 * database holds.
 */
class InterruptedStreamsTest {

    private static final Recipient ADA = Samples.recipient("ada", "ringers");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private record Event(String name, List<NotificationId> ids, boolean read, long count, String id) {}

    private static final StreamEncoder<Event> ENCODER = new StreamEncoder<>() {
        @Override
        public Event created(Notification notification, boolean muted, String id) {
            return new Event("created", List.of(notification.id()), false, 0, id);
        }

        @Override
        public Event marked(List<NotificationId> ids, boolean read, String id) {
            return new Event("read", ids, read, 0, id);
        }

        @Override
        public Event counted(long count, UnreadCounts counts, String id) {
            return new Event("count", List.of(), false, count, id);
        }

        @Override
        public Event reset(String id) {
            return new Event("reset", List.of(), false, 0, id);
        }

        @Override
        public int size(Event event) {
            return 100;
        }
    };

    private static Set<EntityRef> groupsOf(EntityRef user) {
        return user.equals(ADA.user()) ? ADA.groups() : Set.of();
    }

    /** A host: a store and a feed of its own on the database. */
    private record Host(NotificationStore store, StreamFeed<Event> feed, Inbox inbox) {

        static Host on(TestDatabase database) {
            JooqNotificationStore store = new JooqNotificationStore(database);
            StreamFeed<Event> feed = new StreamFeed<>(store, InterruptedStreamsTest::groupsOf, ENCODER, failure -> {
                throw new AssertionError(failure);
            });
            return new Host(store, feed, new Inbox(store, store, store, InterruptedStreamsTest::groupsOf, feed));
        }
    }

    /** A client that connects until it is told to stop, and what it has seen. */
    private static final class Client {

        private final List<Host> hosts;
        private final RandomGenerator random;
        private final int longest;
        private final Map<NotificationId, Boolean> seen = new TreeMap<>();
        private final Set<NotificationId> told = new HashSet<>();
        private final List<String> repeated = new ArrayList<>();
        private long count = -1;
        private int resets;
        private int connections;
        private @Nullable String last;

        /** @param longest most events between two cuts */
        Client(List<Host> hosts, RandomGenerator random, int longest) {
            this.hosts = hosts;
            this.random = random;
            this.longest = longest;
            connect();
        }

        private synchronized void connect() {
            connections++;
            int cut = random.nextInt(1, longest);
            AtomicInteger received = new AtomicInteger();
            Runnable[] end = {() -> {}};
            StreamClient<Event> client = event -> {
                if (received.incrementAndGet() > cut) {
                    // Off this thread, as a client would come back.
                    Thread.startVirtualThread(() -> {
                        synchronized (end) {
                            end[0].run();
                        }
                        connect();
                    });
                    return false;
                }
                receive(event);
                return true;
            };
            synchronized (end) {
                end[0] = hosts.get(random.nextInt(hosts.size())).feed().open(ADA.user(), Scope.ALL, last, client);
            }
        }

        private synchronized void receive(Event event) {
            if (last == null) {
                // As a client does that begins anew: the stream tells what follows.
                seen.putAll(list(hosts.getFirst().store()));
            }
            last = event.id();
            switch (event.name()) {
                case "created" -> {
                    NotificationId created = event.ids().getFirst();
                    seen.putIfAbsent(created, false);
                    if (!told.add(created)) {
                        repeated.add(created.toString());
                    }
                }
                case "read" -> event.ids().forEach(id -> seen.replace(id, event.read()));
                case "count" -> count = event.count();
                default -> {
                    resets++;
                    seen.clear();
                    seen.putAll(list(hosts.getFirst().store()));
                }
            }
        }

        synchronized boolean has(Map<NotificationId, Boolean> expected) {
            return seen.equals(expected)
                    && count == expected.values().stream().filter(read -> !read).count();
        }
    }

    private static Map<NotificationId, Boolean> list(NotificationStore store) {
        Map<NotificationId, Boolean> all = new TreeMap<>();
        store.page(ADA, Filter.of(Scope.ALL), Order.NEWEST_FIRST, 0, 5000)
                .items()
                .forEach(item -> all.put(item.notification().id(), item.read()));
        return all;
    }

    private static void write(Host host, int writer, int writes, Random random) {
        List<NotificationId> known = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            NotificationId id = Samples.id(Samples.NOON.plusMillis(i), writer);
            Addressees addressees = List.of(
                            Samples.users("ada"), Samples.groups("ringers"), Samples.users("bob"), Addressees.EVERYONE)
                    .get(random.nextInt(4));
            Notification notification = addressees.isEveryone() ? Samples.system(id, "n") : Samples.titled(id, "n");
            host.store().save(List.of(new AddressedNotification(notification, addressees)), null);
            known.add(id);
            host.inbox()
                    .mark(ADA.user(), known.get(random.nextInt(known.size())).value(), random.nextInt(3) > 0);
        }
    }

    private static void check(Dialect dialect, int clients, int writes, int longest, RandomGenerator random)
            throws Exception {
        try (TestDatabase database =
                TestDatabase.migrated(dialect, JooqNotificationStore.class, JooqNotificationStore.MIGRATIONS)) {
            List<Host> hosts = new ArrayList<>(List.of(Host.on(database)));
            if (dialect == Dialect.POSTGRESQL) {
                // A file of SQLite has one host.
                hosts.add(Host.on(database));
            }
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(new Client(hosts, new Random(random.nextLong()), longest));
            }
            try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> done = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int writer = i;
                    Random own = new Random(random.nextLong());
                    done.add(writers.submit(() -> write(hosts.get(writer % hosts.size()), writer, writes, own)));
                }
                for (Future<?> one : done) {
                    one.get();
                }
            }
            Map<NotificationId, Boolean> expected = list(hosts.getFirst().store());
            for (Client client : all) {
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(client.has(expected))
                                .as(
                                        "%s of %s notifications, count %s, %s connections, %s",
                                        client.seen.size(),
                                        expected.size(),
                                        client.count,
                                        client.connections,
                                        client.last)
                                .isTrue());
                assertThat(client.repeated).isEmpty();
                assertThat(client.resets)
                        .as("of %s connections", client.connections)
                        .isZero();
            }
            hosts.forEach(host -> host.feed().close());
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void clientsSeeWhatTheDatabaseHolds(Dialect dialect) throws Exception {
        Property.holds(1, random -> check(dialect, 5, 60, 40, random));
    }

    /** With fewer than 160 events between two cuts, the clients read the same changes so often that they fall behind. */
    @Tag("soak")
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void manyClientsSeeWhatTheDatabaseHolds(Dialect dialect) throws Exception {
        Property.holds(5, random -> check(dialect, 20, 400, 160, random));
    }
}
