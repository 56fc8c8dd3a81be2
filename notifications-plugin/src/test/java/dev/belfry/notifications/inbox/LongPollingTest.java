package dev.belfry.notifications.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongPollingTest {

    private static final EntityRef ADA = Samples.user("ada");
    private static final EntityRef BOB = Samples.user("bob");
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Well below the interval of the checks. */
    private static final Duration AT_ONCE = Duration.ofMillis(400);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final MemoryStore store = new MemoryStore();
    private final Map<EntityRef, Set<EntityRef>> groups = new ConcurrentHashMap<>(Map.of(
            ADA, Set.of(Samples.group("ringers")),
            BOB, Set.of()));
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final LongPolling waiting = new LongPolling(store, this::groupsOf, failures::add);
    private final Inbox inbox = new Inbox(store, store, store, this::groupsOf, waiting);
    private final AtomicInteger places = new AtomicInteger();
    private volatile boolean catalogIsAway;

    private Set<EntityRef> groupsOf(EntityRef user) {
        if (catalogIsAway) {
            throw new IllegalStateException("the catalog is away");
        }
        return groups.getOrDefault(user, Set.of());
    }

    @AfterEach
    void noRequestIsLeftWaiting() {
        waiting.close();
        assertThat(waiting.size()).isZero();
    }

    private CompletableFuture<Optional<InboxVersion>> begin(EntityRef user, Scope scope, Duration atMost) {
        long moment = waiting.moment();
        return waiting.forChange(inbox.version(user, scope), scope, moment, atMost);
    }

    private CompletableFuture<Optional<InboxVersion>> begin(EntityRef user) {
        return begin(user, Scope.ALL, LONG);
    }

    private NotificationId send(Addressees addressees) {
        NotificationId id = Samples.id(Samples.NOON, places.incrementAndGet());
        Notification notification = addressees.isEveryone() ? Samples.system(id, "n") : Samples.titled(id, "n");
        save(notification, addressees, waiting);
        return notification.id();
    }

    private void save(Notification notification, Addressees addressees, LongPolling polling) {
        store.save(notification, addressees);
        polling.on(new InboxEvent.NotificationCreated(new AddressedNotification(notification, addressees)));
    }

    private static void assertNews(
            CompletableFuture<Optional<InboxVersion>> poll, Duration limit, long total, long read) {
        assertThat(poll)
                .succeedsWithin(limit)
                .satisfies(change -> assertThat(change).hasValueSatisfying(version -> {
                    assertThat(version.counts().total()).isEqualTo(total);
                    assertThat(version.counts().read()).isEqualTo(read);
                }));
    }

    @Test
    void aChangeOnThisHostEndsTheWaitAtOnce() {
        for (Addressees addressees : List.of(Samples.users("ada"), Samples.groups("ringers"), Addressees.EVERYONE)) {
            CompletableFuture<Optional<InboxVersion>> ada = begin(ADA);
            send(addressees);

            assertNews(ada, AT_ONCE, places.get(), 0);
        }
    }

    @Test
    void aMarkEndsTheWait() {
        NotificationId id = send(Samples.users("ada"));
        CompletableFuture<Optional<InboxVersion>> marked = begin(ADA);
        inbox.mark(ADA, id.value(), true);
        assertNews(marked, AT_ONCE, 1, 1);

        send(Samples.groups("ringers"));
        CompletableFuture<Optional<InboxVersion>> all = begin(ADA);
        inbox.markAllRead(ADA, Scope.ALL);
        assertNews(all, AT_ONCE, 2, 2);
    }

    @Test
    void aPurgeEndsTheWait() {
        send(Samples.users("ada"));
        CompletableFuture<Optional<InboxVersion>> ada = begin(ADA);
        new ExpiredNotifications(store, waiting).purge(new RetentionCutoff(Instant.MAX, Map.of()));

        assertNews(ada, AT_ONCE, 0, 0);
    }

    @Test
    void anotherHostsChangesAreSeenWithinASecond() {
        CompletableFuture<Optional<InboxVersion>> ada = begin(ADA);
        store.save(Samples.titled(Samples.id(Samples.NOON, 1), "n"), Samples.groups("ringers"));

        assertNews(ada, Duration.ofSeconds(1), 1, 0);
    }

    @Test
    void joiningAGroupEndsTheWait() {
        send(Samples.groups("ringers"));
        CompletableFuture<Optional<InboxVersion>> bob = begin(BOB);
        groups.put(BOB, Set.of(Samples.group("ringers")));

        assertNews(bob, Duration.ofSeconds(1), 1, 0);
    }

    @Test
    void aChangeBetweenTheVersionAndTheWaitIsNotMissed() {
        long moment = waiting.moment();
        InboxVersion version = inbox.version(ADA, Scope.ALL);
        send(Samples.users("ada"));

        assertNews(waiting.forChange(version, Scope.ALL, moment, LONG), AT_ONCE, 1, 0);
    }

    @Test
    void aTimeoutCompletesWithEmpty() {
        long begin = System.nanoTime();
        CompletableFuture<Optional<InboxVersion>> later = begin(ADA, Scope.ALL, Duration.ofMillis(300));
        CompletableFuture<Optional<InboxVersion>> sooner = begin(BOB, Scope.ALL, Duration.ofMillis(100));

        assertThat(sooner).succeedsWithin(LIMIT).isEqualTo(Optional.empty());
        assertThat(later).isNotDone();
        assertThat(later).succeedsWithin(LIMIT).isEqualTo(Optional.empty());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(300), AT_ONCE.plusMillis(200));
        assertThat(waiting.size()).isZero();
    }

    @Test
    void closingCompletesAllWaitsAndLaterOnes() {
        List<CompletableFuture<Optional<InboxVersion>>> all =
                Stream.generate(() -> begin(ADA)).limit(50).toList();
        assertThat(waiting.size()).isEqualTo(50);
        waiting.close();

        assertThat(all).allSatisfy(poll -> assertThat(poll).isCompletedWithValue(Optional.empty()));
        assertThat(begin(BOB)).isCompletedWithValue(Optional.empty());
    }

    @Test
    void requestsKeepWaitingDuringAFailure() {
        CompletableFuture<Optional<InboxVersion>> ada = begin(ADA);
        catalogIsAway = true;
        await().atMost(LIMIT).until(() -> failures.size() == 1);
        store.save(Samples.titled(Samples.id(Samples.NOON, 1), "n"), Samples.users("ada"));
        catalogIsAway = false;

        assertNews(ada, LIMIT, 1, 0);
        assertThat(failures).as("a series of failures is reported once").hasSize(1);
    }

    @Test
    void anUnexpectedErrorEndsAllWaits() {
        AtomicInteger asked = new AtomicInteger();
        LongPolling broken = new LongPolling(
                store,
                user -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new StackOverflowError("of a catalog, once");
                    }
                    return groupsOf(user);
                },
                failures::add);
        InboxVersion version = inbox.version(ADA, Scope.ALL);

        assertThat(broken.forChange(version, Scope.ALL, broken.moment(), LONG))
                .succeedsWithin(LIMIT)
                .isEqualTo(Optional.empty());

        CompletableFuture<Optional<InboxVersion>> next = broken.forChange(version, Scope.ALL, broken.moment(), LONG);
        save(Samples.titled(Samples.id(Samples.NOON, 1), "n"), Samples.users("ada"), broken);
        assertNews(next, AT_ONCE, 1, 0);
        broken.close();
    }

    @Test
    void manyRequestsWaitForOneInbox() {
        List<CompletableFuture<Optional<InboxVersion>>> tabs = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            tabs.add(begin(ADA, scope, LONG));
            tabs.add(begin(ADA, scope, LONG));
        }
        send(Samples.users("ada"));

        assertThat(tabs).allSatisfy(tab -> assertThat(tab).succeedsWithin(LIMIT));
    }

    @Test
    void waitingWorksAgainAfterAllRequestsHaveEnded() {
        for (int i = 0; i < 3; i++) {
            assertThat(begin(ADA, Scope.ALL, Duration.ofMillis(1))).succeedsWithin(LIMIT);
        }
        CompletableFuture<Optional<InboxVersion>> ada = begin(ADA);
        send(Samples.users("ada"));
        assertNews(ada, AT_ONCE, 1, 0);
    }
}
