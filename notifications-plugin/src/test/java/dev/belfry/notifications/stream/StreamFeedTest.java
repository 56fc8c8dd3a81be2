package dev.belfry.notifications.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.Samples;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamFeedTest {

    private static final EntityRef ADA = Samples.user("ada");
    private static final EntityRef BOB = Samples.user("bob");

    /** An event as a client sees it. */
    private record Event(String name, String data, String id) {
        @Override
        public String toString() {
            return name + " " + data;
        }
    }

    private static final StreamEncoder<Event> ENCODER = new StreamEncoder<>() {
        @Override
        public Event created(Notification notification, boolean muted, String id) {
            return new Event("created", notification.content().title() + (muted ? " muted" : ""), id);
        }

        @Override
        public Event marked(List<NotificationId> ids, boolean read, String id) {
            return new Event("read", ids.size() + " " + read, id);
        }

        @Override
        public Event counted(long count, UnreadCounts counts, String id) {
            return new Event("count", count + " " + counts.personal() + " " + counts.system(), id);
        }

        @Override
        public Event reset(String id) {
            return new Event("reset", "", id);
        }

        @Override
        public int size(Event event) {
            return event.data().length();
        }
    };

    private static final class Client implements StreamClient<Event> {

        private final List<Event> received = new CopyOnWriteArrayList<>();
        private volatile boolean gone;

        @Override
        public boolean send(Event event) {
            if (!gone) {
                received.add(event);
            }
            return !gone;
        }

        void awaitLast(String last) {
            await().untilAsserted(() -> assertThat(received).isNotEmpty().last().hasToString(last));
        }

        List<String> names() {
            return received.stream().map(Event::toString).toList();
        }
    }

    private final MemoryStore store = new MemoryStore();
    private final Map<EntityRef, Set<EntityRef>> groups =
            new ConcurrentHashMap<>(Map.of(ADA, Set.of(Samples.group("ringers")), BOB, Set.of()));
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile boolean catalogIsAway;
    private final StreamFeed<Event> feed = new StreamFeed<>(store, this::groupsOf, ENCODER, failures::add);
    private final Inbox inbox = new Inbox(store, store, store, this::groupsOf, feed);
    private final Muting muting = new Muting(store, feed);
    private final AtomicInteger places = new AtomicInteger();

    private Set<EntityRef> groupsOf(EntityRef user) {
        if (catalogIsAway) {
            throw new IllegalStateException("the catalog is away");
        }
        return groups.getOrDefault(user, Set.of());
    }

    @AfterEach
    void end() {
        feed.close();
    }

    private Notification send(Addressees addressees) {
        NotificationId id = Samples.id(Samples.NOON, places.incrementAndGet());
        String title = "n" + places.get();
        Notification notification = addressees.isEveryone() ? Samples.system(id, title) : Samples.titled(id, title);
        store.save(notification, addressees);
        feed.on(new InboxEvent.NotificationCreated(new AddressedNotification(notification, addressees)));
        return notification;
    }

    private Client open(EntityRef user, Scope scope, String last) {
        Client client = new Client();
        feed.open(user, scope, last.isEmpty() ? null : last, client);
        return client;
    }

    private Client open(EntityRef user) {
        return open(user, Scope.ALL, "");
    }

    @Test
    void aNewStreamGetsItsCountsFirst() {
        send(Samples.users("ada"));
        send(Addressees.EVERYONE);
        open(ADA).awaitLast("count 2 1 1");
        open(BOB).awaitLast("count 1 0 1");
        open(ADA, Scope.USER, "").awaitLast("count 1 1 1");
        open(ADA, Scope.SYSTEM, "").awaitLast("count 1 1 1");
    }

    @Test
    void eachReaderGetsWhatReachesThem() {
        Client ada = open(ADA);
        Client bob = open(BOB);
        Client system = open(ADA, Scope.SYSTEM, "");
        ada.awaitLast("count 0 0 0");
        bob.awaitLast("count 0 0 0");
        system.awaitLast("count 0 0 0");

        send(Samples.groups("ringers"));
        ada.awaitLast("count 1 1 0");
        system.awaitLast("count 0 1 0");
        send(Samples.users("bob"));
        bob.awaitLast("count 1 1 0");
        send(Addressees.EVERYONE);
        ada.awaitLast("count 2 1 1");
        bob.awaitLast("count 2 1 1");
        system.awaitLast("count 1 1 1");

        assertThat(ada.names())
                .containsExactly("count 0 0 0", "created n1", "count 1 1 0", "created n3", "count 2 1 1");
        assertThat(bob.names())
                .containsExactly("count 0 0 0", "created n2", "count 1 1 0", "created n3", "count 2 1 1");
        assertThat(system.names()).containsExactly("count 0 0 0", "count 0 1 0", "created n3", "count 1 1 1");
    }

    @Test
    void marksReachAllStreamsOfTheirUserOnly() {
        Notification notification = send(Addressees.EVERYONE);
        Client ada = open(ADA);
        Client tab = open(ADA);
        Client bob = open(BOB);
        ada.awaitLast("count 1 0 1");
        tab.awaitLast("count 1 0 1");
        bob.awaitLast("count 1 0 1");

        inbox.mark(ADA, notification.id().value(), true);
        ada.awaitLast("count 0 0 0");
        tab.awaitLast("count 0 0 0");

        assertThat(ada.names()).containsExactly("count 1 0 1", "read 1 true", "count 0 0 0");
        assertThat(bob.names()).containsExactly("count 1 0 1");
    }

    @Test
    void aResumedStreamContinuesAfterAnyEventWithoutGapAndRepeat() {
        Client first = open(ADA);
        first.awaitLast("count 0 0 0");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sent.add("created " + send(Samples.users("ada")).content().title());
        }
        first.awaitLast("count 12 12 0");
        List<Event> all = first.received;

        for (int cut = 1; cut <= all.size(); cut++) {
            Client again = open(ADA, Scope.ALL, all.get(cut - 1).id());
            again.awaitLast("count 12 12 0");
            List<String> seen = new ArrayList<>();
            all.subList(0, cut).forEach(event -> seen.add(event.toString()));
            again.received.forEach(event -> seen.add(event.toString()));

            assertThat(again.received.getFirst().name()).isEqualTo("count");
            assertThat(seen.stream().filter(name -> name.startsWith("created")))
                    .as("cut after %s events", cut)
                    .containsExactlyElementsOf(sent);
            assertThat(again.names()).doesNotContain("reset ");
        }
    }

    @Test
    void anIdOfAnotherDatabaseOrOfTheFutureGetsAReset() {
        for (String id : List.of("0123abcd-5", "memory-99", "nonsense", "memory-0~memory-0~x~y", "~")) {
            Client client = open(ADA, Scope.ALL, id);
            client.awaitLast("count 0 0 0");
            assertThat(client.names()).as(id).containsExactly("reset ", "count 0 0 0");
        }
    }

    @Test
    void aBurstThatIsTooLargeBecomesAReset() {
        Client ada = open(ADA);
        ada.awaitLast("count 0 0 0");
        List<AddressedNotification> batch = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            NotificationId id = Samples.id(Samples.NOON, places.incrementAndGet());
            batch.add(new AddressedNotification(Samples.titled(id, "x".repeat(255)), Samples.users("ada")));
        }
        store.save(batch, null);
        feed.on(new InboxEvent.InboxesChanged());

        ada.awaitLast("count 100 100 0");
        assertThat(ada.names()).contains("reset ").hasSizeLessThan(70);
        Client again = open(ADA, Scope.ALL, ada.received.getFirst().id());
        again.awaitLast("count 100 100 0");
        assertThat(again.names()).contains("reset ");
    }

    @Test
    void aChangeOfMembershipsResetsTheList() {
        send(Samples.groups("ringers"));
        Client bob = open(BOB);
        bob.awaitLast("count 0 0 0");
        groups.put(BOB, Set.of(Samples.group("ringers")));
        feed.on(new InboxEvent.InboxesChanged());

        bob.awaitLast("count 1 1 0");
        assertThat(bob.names()).containsExactly("count 0 0 0", "reset ", "count 1 1 0");
    }

    @Test
    void aMutedNotificationIsToldAsSuchAndNotCounted() {
        Client ada = open(ADA);
        Client bob = open(BOB);
        ada.awaitLast("count 0 0 0");
        bob.awaitLast("count 0 0 0");
        muting.replace(ADA, MuteList.of(Set.of("topic"), Set.of()));
        await().until(() -> ada.received.size() == 3);

        send(Samples.users("ada", "bob"));
        send(Addressees.EVERYONE);
        ada.awaitLast("count 1 0 1");
        bob.awaitLast("count 2 1 1");

        assertThat(ada.names())
                .startsWith("count 0 0 0", "reset ", "count 0 0 0")
                .contains("created n1 muted");
        assertThat(ada.names().stream().filter(name -> name.startsWith("created")))
                .containsExactly("created n1 muted", "created n2");
        assertThat(bob.names().stream().filter(name -> name.startsWith("created")))
                .containsExactly("created n1", "created n2");
    }

    @Test
    void aReplacedMuteListResetsTheStreamsOfItsUserOnly() {
        send(Samples.users("ada"));
        Client ada = open(ADA);
        Client tab = open(ADA, Scope.SYSTEM, "");
        Client bob = open(BOB);
        ada.awaitLast("count 1 1 0");
        tab.awaitLast("count 0 1 0");
        bob.awaitLast("count 0 0 0");

        // By another host: this feed is not told.
        store.replaceMuteList(ADA, MuteList.of(Set.of(), Set.of("tests")));
        ada.awaitLast("count 0 0 0");
        tab.awaitLast("count 0 0 0");
        store.replaceMuteList(ADA, MuteList.NONE);
        ada.awaitLast("count 1 1 0");

        assertThat(ada.names()).containsExactly("count 1 1 0", "reset ", "count 0 0 0", "reset ", "count 1 1 0");
        assertThat(bob.names()).containsExactly("count 0 0 0");
    }

    @Test
    void aStreamThatContinuesAfterItsUserHasMutedGetsAReset() {
        Client first = open(ADA);
        first.awaitLast("count 0 0 0");
        String last = first.received.getLast().id();
        store.replaceMuteList(ADA, MuteList.of(Set.of("topic"), Set.of()));
        send(Samples.users("ada"));

        Client again = open(ADA, Scope.ALL, last);
        await().until(() -> again.names().contains("reset "));
        again.awaitLast("count 0 0 0");
        String later = again.received.getLast().id();
        send(Samples.users("ada"));
        Client third = open(ADA, Scope.ALL, later);
        await().until(() -> third.names().contains("created n2 muted"));
        third.awaitLast("count 0 0 0");
    }

    @Test
    void aFailureDelaysEventsAndLosesNone() {
        Client ada = open(ADA);
        ada.awaitLast("count 0 0 0");
        catalogIsAway = true;
        send(Samples.groups("ringers"));
        send(Samples.users("ada"));
        await().until(() -> !failures.isEmpty());
        assertThat(ada.names()).containsExactly("count 0 0 0");
        catalogIsAway = false;

        ada.awaitLast("count 2 2 0");
        assertThat(ada.names()).containsExactly("count 0 0 0", "created n1", "created n2", "count 2 2 0");
        assertThat(failures).hasSize(1);
    }

    @Test
    void whatHasEndedGetsNothing() {
        Client ada = new Client();
        Runnable end = feed.open(ADA, Scope.ALL, null, ada);
        Client bob = open(BOB);
        ada.awaitLast("count 0 0 0");
        bob.awaitLast("count 0 0 0");
        end.run();
        await().until(() -> feed.size() == 1);
        send(Addressees.EVERYONE);
        bob.awaitLast("count 1 0 1");
        assertThat(ada.names()).containsExactly("count 0 0 0");
    }

    @Test
    void theFeedRestsWithoutStreamsAndBeginsAnew() {
        Client first = new Client();
        Runnable end = feed.open(ADA, Scope.ALL, null, first);
        first.awaitLast("count 0 0 0");
        end.run();
        await().until(() -> feed.size() == 0);
        send(Samples.users("ada"));
        Client second = open(ADA);
        second.awaitLast("count 1 1 0");
        assertThat(second.names()).containsExactly("count 1 1 0");
    }

    @Test
    void aLongCountOfAUserWhoHasMutedSomethingDelaysNobodyElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        store.replaceMuteList(ADA, MuteList.of(Set.of("other"), Set.of()));
        Recipient ada = new Recipient(ADA, groupsOf(ADA));
        NotificationStore slow = (NotificationStore) Proxy.newProxyInstance(
                NotificationStore.class.getClassLoader(),
                new Class<?>[] {NotificationStore.class},
                (_, method, args) -> {
                    if (method.getName().equals("bulkUnread") && args[0].equals(List.of(ada))) {
                        begun.incrementAndGet();
                        end.await();
                    }
                    return method.invoke(store, args);
                });
        StreamFeed<Event> other = new StreamFeed<>(slow, this::groupsOf, ENCODER, failures::add);
        Client waiting = new Client();
        Client bob = new Client();
        other.open(ADA, Scope.ALL, null, waiting);
        await().until(() -> begun.get() == 1);
        other.open(BOB, Scope.ALL, null, bob);
        bob.awaitLast("count 0 0 0");
        store.save(Samples.system(Samples.id(Samples.NOON, places.incrementAndGet()), "to all"), Addressees.EVERYONE);
        bob.awaitLast("count 1 0 1");
        assertThat(waiting.names()).isEmpty();

        end.countDown();
        waiting.awaitLast("count 1 0 1");
        store.save(Samples.titled(Samples.id(Samples.NOON, places.incrementAndGet()), "to ada"), Samples.users("ada"));
        waiting.awaitLast("count 2 1 1");
        assertThat(waiting.names()).containsExactly("count 1 0 1", "created to ada", "count 2 1 1");
        other.close();
    }

    /** Counts the reads that find a change, and the reads of counts. */
    private NotificationStore counting(AtomicInteger changes, AtomicInteger counts) {
        return (NotificationStore) Proxy.newProxyInstance(
                NotificationStore.class.getClassLoader(),
                new Class<?>[] {NotificationStore.class},
                (_, method, args) -> {
                    Object result = method.invoke(store, args);
                    if (result instanceof ChangeBatch batch && !batch.changes().isEmpty()) {
                        changes.incrementAndGet();
                    } else if (method.getName().equals("bulkUnread")) {
                        counts.incrementAndGet();
                    }
                    return result;
                });
    }

    @Test
    void aBroadcastIsReadAndEncodedOnceForTenThousandStreams() {
        AtomicInteger changes = new AtomicInteger();
        AtomicInteger counts = new AtomicInteger();
        StreamFeed<Event> large = new StreamFeed<>(counting(changes, counts), this::groupsOf, ENCODER, failures::add);
        AtomicInteger counted = new AtomicInteger();
        AtomicInteger created = new AtomicInteger();
        Set<Event> distinct = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        int clients = 10_000;
        for (int i = 0; i < clients; i++) {
            large.open(Samples.user("u" + i), Scope.ALL, null, event -> {
                if (event.name().equals("created")) {
                    created.incrementAndGet();
                    distinct.add(event);
                } else {
                    counted.incrementAndGet();
                }
                return true;
            });
        }
        await().until(() -> counted.get() == clients);
        int before = counts.get();
        store.save(Samples.system(Samples.id(Samples.NOON, places.incrementAndGet()), "to all"), Addressees.EVERYONE);

        await().until(() -> counted.get() == 2 * clients);
        large.close();
        assertThat(created).hasValue(clients);
        assertThat(distinct).as("encoded once").hasSize(1);
        assertThat(changes).as("reads of changes").hasValue(1);
        assertThat(counts.get() - before).as("reads of counts").isEqualTo(1);
    }
}
