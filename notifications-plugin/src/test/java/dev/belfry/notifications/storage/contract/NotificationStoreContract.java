package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.system;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Content.Action;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.UnreadCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the port. The test of each store extends it, and every test gets an empty store. */
public abstract class NotificationStoreContract {

    private static final Filter ALL = Filter.of(Scope.ALL);
    private static final int MANY = 1000;

    private final Recipient ada = recipient("ada", "ringers", "board");
    private final Recipient bob = recipient("bob", "ringers");
    private final Recipient eve = recipient("eve");

    /** The store of this test; the same on each call. */
    protected abstract NotificationStore store();

    /** Runs the background work of the store; called between the steps of long tests. */
    protected void upkeep() {}

    private Notification saved(int place, Addressees addressees) {
        Notification notification = notification(id(NOON.plusMillis(place), 0), "n" + place, addressees);
        assertThat(store().save(notification, addressees)).isTrue();
        return notification;
    }

    private static Notification notification(NotificationId id, String title, Addressees addressees) {
        return addressees.isEveryone() ? system(id, title) : titled(id, title);
    }

    private List<InboxItem> list(Recipient recipient, Filter filter) {
        return store().page(recipient, filter, Order.NEWEST_FIRST, 0, MANY).items();
    }

    private List<Notification> listed(Recipient recipient, Scope scope) {
        return list(recipient, Filter.of(scope)).stream()
                .map(InboxItem::notification)
                .toList();
    }

    private void assertCounts(Recipient recipient, Scope scope, long unread, long read) {
        assertThat(store().count(recipient, Filter.of(scope))).isEqualTo(unread + read);
        assertThat(store().count(recipient, new Filter(scope, null, null, false)))
                .isEqualTo(unread);
        assertThat(store().count(recipient, new Filter(scope, null, null, true)))
                .isEqualTo(read);
    }

    @Test
    void aSavedNotificationIsReadBackUnchanged() {
        Content content = new Content(
                "origin 'x'",
                "Ü 😀 \\ % _",
                "",
                null,
                List.of(new Action("second \"quoted\"", "/a?b=c#d"), new Action("first", "mailto:a@b.example")));
        Notification notification = new Notification(id(NOON.plusMillis(7), 5), content, false);
        store().save(notification, users("ada"));

        assertThat(list(ada, ALL)).containsExactly(new InboxItem(notification, false));
    }

    @Test
    void theFormatIsReadBack() {
        Content content = new Content("o", "t", "*m*", null, List.of(), Content.Format.MARKDOWN);
        Notification notification = new Notification(id(NOON, 1), content, false);
        store().save(notification, users("ada"));

        assertThat(list(ada, ALL)).containsExactly(new InboxItem(notification, false));
        assertThat(store().find(ada, notification.id())).contains(new InboxItem(notification, false));
    }

    private NotificationId saved(int place, String origin, @Nullable String topic, Addressees addressees) {
        Content content = new Content(origin, "a word " + place, null, topic, List.of());
        Notification notification = new Notification(id(NOON.plusMillis(place), 0), content, addressees.isEveryone());
        store().save(notification, addressees);
        return notification.id();
    }

    private List<NotificationId> ids(Filter filter, Order order) {
        List<NotificationId> ids = store().page(ada, filter, order, 0, MANY).items().stream()
                .map(item -> item.notification().id())
                .toList();
        assertThat(store().count(ada, filter)).isEqualTo(ids.size());
        assertThat(store().page(ada, filter, order, 0, 1).items()).hasSize(Math.min(1, ids.size()));
        return ids;
    }

    @Test
    void topicAndOriginAreMatchedExactly() {
        NotificationId named = saved(1, "ci", "builds", users("ada"));
        NotificationId grouped = saved(2, "ci", "builds", groups("ringers"));
        NotificationId everyone = saved(3, "ci", "builds", Addressees.EVERYONE);
        NotificationId other = saved(4, "cd", "builds", users("ada"));
        saved(5, "ci", "Builds", users("ada"));
        saved(6, "ci", null, groups("ringers"));
        saved(7, "ci", "builds", users("bob"));
        store().mark(ada, grouped, true);
        store().mark(ada, other, true);
        Order byTitle = new Order(Field.TITLE, Direction.DESC);
        for (Order order : List.of(Order.NEWEST_FIRST, byTitle)) {
            for (String text : new String[] {null, "word"}) {
                assertThat(ids(new Filter(Scope.ALL, text, null, null, "builds", null, null), order))
                        .containsExactly(other, everyone, grouped, named);
                assertThat(ids(new Filter(Scope.ALL, text, null, null, "builds", "ci", null), order))
                        .containsExactly(everyone, grouped, named);
                assertThat(ids(new Filter(Scope.ALL, text, null, true, "builds", null, null), order))
                        .containsExactly(other, grouped);
                assertThat(ids(new Filter(Scope.USER, text, null, false, "builds", "ci", null), order))
                        .containsExactly(named);
                assertThat(ids(new Filter(Scope.ALL, text, null, null, "build", null, null), order))
                        .isEmpty();
            }
        }
    }

    @Test
    void mutedNotificationsAreSelectedByTheirWholeTopicOrOrigin() {
        NotificationId byTopic = saved(1, "cd", "builds", users("ada"));
        NotificationId byOrigin = saved(2, "ci", null, groups("ringers"));
        NotificationId byBoth = saved(3, "ci", "builds", Addressees.EVERYONE);
        NotificationId other = saved(4, "cd", "build", Addressees.of(Set.of(user("ada")), Set.of(group("board"))));
        NotificationId swapped = saved(5, "builds", "ci", groups("board"));
        saved(6, "ci", "builds", users("bob"));
        store().replaceMuteList(ada.user(), MuteList.of(Set.of("builds"), Set.of("ci", "'\"\\%")));
        store().replaceMuteList(bob.user(), MuteList.of(Set.of("build"), Set.of()));
        store().mark(ada, byOrigin, true);
        store().mark(ada, swapped, true);
        Order byTitle = new Order(Field.TITLE, Direction.DESC);
        for (Order order : List.of(Order.NEWEST_FIRST, byTitle)) {
            for (String text : new String[] {null, "word"}) {
                assertThat(ids(new Filter(Scope.ALL, text, null, null).withMuted(true), order))
                        .containsExactly(byBoth, byOrigin, byTopic);
                assertThat(ids(new Filter(Scope.ALL, text, null, null).withMuted(false), order))
                        .containsExactly(swapped, other);
                assertThat(ids(new Filter(Scope.ALL, text, null, false).withMuted(true), order))
                        .containsExactly(byBoth, byTopic);
                assertThat(ids(new Filter(Scope.USER, text, null, false).withMuted(false), order))
                        .containsExactly(other);
                assertThat(ids(new Filter(Scope.ALL, text, null, true).withMuted(false), order))
                        .containsExactly(swapped);
                assertThat(ids(new Filter(Scope.SYSTEM, text, null, null, "builds", null, true), order))
                        .containsExactly(byBoth);
            }
        }
        Filter unmuted = new Filter(Scope.USER, null, null, false).withMuted(false);
        assertThat(store().count(ada, unmuted, store().counts(ada, Scope.USER))).isEqualTo(1);
        assertThat(store().bulkUnread(List.of(ada, bob, eve)))
                .containsExactly(new UnreadCounts(1, 0), new UnreadCounts(2, 1), new UnreadCounts(0, 1));
    }

    @Test
    void theCountsTellWhoHasMutedSomething() {
        MuteList list = MuteList.of(Set.of("builds"), Set.of());
        for (MuteList next : List.of(list, MuteList.of(Set.of(), Set.of("ci")), MuteList.NONE, list, MuteList.NONE)) {
            for (Scope scope : Scope.values()) {
                InboxCounts before = store().counts(ada, scope);
                MuteList stored = store().muteList(ada.user());

                store().replaceMuteList(ada.user(), next);
                store().replaceMuteList(ada.user(), next);

                assertThat(store().counts(ada, scope).revision()).isNotEqualTo(before.revision());
                assertThat(store().counts(ada, scope).muting()).isEqualTo(!next.isEmpty());
                upkeep();
                assertThat(store().counts(ada, scope).muting()).isEqualTo(!next.isEmpty());
                assertThat(store().bulkCounts(List.of(ada, bob), scope))
                        .containsExactly(store().counts(ada, scope), store().counts(bob, scope));
                store().replaceMuteList(ada.user(), stored);
            }
            store().replaceMuteList(ada.user(), next);
            assertThat(store().muteLists(Set.of(ada.user(), bob.user())))
                    .isEqualTo(next.isEmpty() ? Map.of() : Map.of(ada.user(), next));
        }
        assertThat(store().counts(bob, Scope.ALL).muting()).isFalse();
    }

    /** The count of a user who has muted something follows changes: each is counted after it was made. */
    @Test
    void eachChangeIsInTheCountOfAUserWhoHasMutedSomething() {
        store().replaceMuteList(ada.user(), MuteList.of(Set.of("builds"), Set.of("ci")));
        saved(1, "tests", "builds", users("ada"));
        saved(2, "tests", "news", users("ada"));
        assertUnread(1, 0);
        saved(3, "tests", "news", groups("ringers"));
        saved(4, "ci", null, groups("ringers"));
        saved(5, "tests", null, users("bob"));
        assertUnread(2, 0);
        saved(6, "tests", "news", Addressees.EVERYONE);
        saved(7, "tests", "builds", Addressees.EVERYONE);
        assertUnread(2, 1);

        store().mark(ada, id(NOON.plusMillis(2), 0), true);
        store().mark(ada, id(NOON.plusMillis(1), 0), true);
        assertUnread(1, 1);
        store().mark(ada, id(NOON.plusMillis(2), 0), false);
        store().mark(ada, id(NOON.plusMillis(1), 0), false);
        assertUnread(2, 1);
        store().mark(bob, id(NOON.plusMillis(3), 0), true);
        assertUnread(2, 1);

        // One that counts disappears, and another one arrives.
        store().purge(new RetentionCutoff(NOON.plusMillis(2), Map.of()));
        saved(8, "tests", "builds", users("ada"));
        assertUnread(1, 1);
        saved(9, "tests", "news", users("ada"));
        upkeep();
        assertUnread(2, 1);

        store().replaceMuteList(ada.user(), MuteList.of(Set.of("news"), Set.of()));
        assertUnread(2, 1);
        store().markAllRead(ada, Scope.ALL, NOON.plusMillis(6));
        assertUnread(1, 1);
    }

    private void assertUnread(long personal, long system) {
        assertThat(store().bulkUnread(List.of(ada))).containsExactly(new UnreadCounts(personal, system));
        assertThat(store().count(ada, new Filter(Scope.ALL, null, null, false).withMuted(false)))
                .isEqualTo(personal + system);
    }

    @Test
    void mutingKeepsTheCountsExactDuringMarksAndSaves() throws Exception {
        int many = 300;
        NotificationStore store = store();
        MuteList topic = MuteList.of(Set.of("topic 1"), Set.of());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> {
                for (int i = 0; i < many; i++) {
                    saved(i, "tests", "topic " + i % 3, i % 2 == 0 ? groups("ringers") : users("ada", "bob"));
                }
                return null;
            });
            all.add(() -> {
                for (int i = 0; i < many; i++) {
                    store.mark(ada, id(NOON.plusMillis(i), 0), true);
                    store.bulkUnread(List.of(ada, bob));
                }
                return null;
            });
            for (Recipient recipient : List.of(ada, bob)) {
                all.add(() -> {
                    for (int i = 0; i < 20; i++) {
                        store.replaceMuteList(recipient.user(), i % 2 == 0 ? MuteList.NONE : topic);
                        upkeep();
                    }
                    return null;
                });
            }
            for (Future<Object> one : threads.invokeAll(all)) {
                one.get();
            }
        }
        for (Recipient recipient : List.of(ada, bob)) {
            long unread = list(recipient, new Filter(Scope.ALL, null, null, false)).stream()
                    .filter(item -> !topic.includes(item.notification().content()))
                    .count();
            assertThat(store.bulkUnread(List.of(recipient))).containsExactly(new UnreadCounts(unread, 0));
            assertThat(store.count(recipient, new Filter(Scope.ALL, null, null, false).withMuted(false)))
                    .isEqualTo(unread);
        }
        assertThat(store.count(bob, new Filter(Scope.ALL, null, null, false).withMuted(true)))
                .isEqualTo(many / 3);
    }

    @Test
    void anIdCanBeStoredOnce() {
        Notification first = saved(1, users("ada"));

        assertThat(store().save(new Notification(first.id(), first.content(), true), Addressees.EVERYONE))
                .isFalse();
        assertThat(list(ada, ALL)).containsExactly(new InboxItem(first, false));
        assertThat(list(bob, ALL)).isEmpty();
        assertCounts(bob, Scope.ALL, 0, 0);
    }

    /** Saves each id three times, with different addressees. Notifications saved at the same time must not be affected. */
    @Test
    void concurrentSavesStoreEachIdOnce() throws Exception {
        List<Addressees> addressees = List.of(users("ada", "bob"), groups("ringers"), Addressees.EVERYONE);
        List<Callable<Boolean>> senders = IntStream.range(0, 90)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    Addressees whom = addressees.get(i % 3);
                    return store().save(notification(id(NOON, i / 3), "n" + i, whom), whom);
                })
                .toList();
        int stored = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
            for (Future<Boolean> saved : threads.invokeAll(senders)) {
                stored += saved.get() ? 1 : 0;
            }
        }

        assertThat(stored).isEqualTo(30);
        assertThat(list(ada, ALL)).hasSize(30).doesNotHaveDuplicates();
        assertCounts(ada, Scope.ALL, 30, 0);
        assertCounts(bob, Scope.ALL, 30, 0);
        assertCounts(eve, Scope.ALL, list(eve, ALL).size(), 0);
    }

    /** A store may batch counts, but each request gets its own count, which includes everything stored before. */
    @Test
    void aCountIsNeverOlderThanTheRequest() throws Exception {
        NotificationStore store = store();
        int rounds = 25;
        List<Callable<Integer>> lookers = IntStream.range(0, 12)
                .<Callable<Integer>>mapToObj(looker -> () -> {
                    Recipient recipient = recipient("looker" + looker, "ringers");
                    for (int i = 1; i <= rounds; i++) {
                        store.save(titled(id(NOON.plusSeconds(looker), i), "n" + i), users("looker" + looker));
                        assertThat(store.counts(recipient, Scope.USER).total()).isEqualTo(i);
                        assertThat(store.counts(recipient, Scope.SYSTEM).total())
                                .isZero();
                        assertThat(store.counts(recipient("looker" + looker % 3), Scope.ALL)
                                        .total())
                                .isBetween(looker < 3 ? i : 0L, (long) rounds);
                    }
                    return looker;
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(lookers.size())) {
            for (Future<Integer> looker : threads.invokeAll(lookers)) {
                assertThat(looker.get()).isNotNegative();
            }
        }
    }

    @Test
    void aNotificationReachesNamedUsersOnly() {
        Notification notification = saved(1, users("ada"));

        assertThat(listed(ada, Scope.USER)).containsExactly(notification);
        assertThat(listed(ada, Scope.SYSTEM)).isEmpty();
        assertThat(listed(bob, Scope.ALL)).isEmpty();
        assertCounts(ada, Scope.USER, 1, 0);
        assertCounts(bob, Scope.ALL, 0, 0);
    }

    @Test
    void aNotificationToAGroupReachesItsMembers() {
        Notification notification = saved(1, groups("ringers"));

        assertThat(listed(ada, Scope.USER)).containsExactly(notification);
        assertThat(listed(bob, Scope.ALL)).containsExactly(notification);
        assertThat(listed(eve, Scope.ALL)).isEmpty();
        assertCounts(bob, Scope.USER, 1, 0);
        assertCounts(eve, Scope.ALL, 0, 0);
    }

    @Test
    void aSystemNotificationReachesEveryone() {
        Notification notification = saved(1, Addressees.EVERYONE);

        assertThat(listed(eve, Scope.SYSTEM)).containsExactly(notification);
        assertThat(listed(eve, Scope.ALL)).containsExactly(notification);
        assertThat(listed(eve, Scope.USER)).isEmpty();
        assertCounts(eve, Scope.SYSTEM, 1, 0);
        assertCounts(eve, Scope.USER, 0, 0);
    }

    @Test
    void membershipIsEvaluatedWhenReading() {
        Notification notification = saved(1, groups("ringers"));
        Recipient later = recipient("eve", "ringers");

        assertThat(listed(later, Scope.USER)).containsExactly(notification);
        assertThat(store().mark(later, notification.id(), true)).isTrue();
        assertCounts(later, Scope.USER, 0, 1);
        assertThat(listed(eve, Scope.ALL)).isEmpty();
        assertCounts(eve, Scope.ALL, 0, 0);
        assertCounts(later, Scope.USER, 0, 1);
    }

    @Test
    void aNotificationInBothBranchesIsListedOnce() {
        Notification both = saved(1, Addressees.of(Set.of(user("ada")), Set.of(group("ringers"), group("board"))));

        assertThat(listed(ada, Scope.USER)).containsExactly(both);
        assertCounts(ada, Scope.ALL, 1, 0);
        assertCounts(bob, Scope.ALL, 1, 0);
        store().mark(ada, both.id(), true);
        assertThat(list(ada, new Filter(Scope.USER, null, null, true))).containsExactly(new InboxItem(both, true));
        assertThat(list(ada, new Filter(Scope.USER, null, null, false))).isEmpty();
        assertCounts(ada, Scope.USER, 0, 1);
        assertCounts(bob, Scope.USER, 1, 0);
    }

    @Test
    void aMarkBelongsToOneUser() {
        Notification notification = saved(1, Addressees.EVERYONE);

        assertThat(store().mark(ada, notification.id(), true)).isTrue();

        assertThat(list(ada, ALL)).containsExactly(new InboxItem(notification, true));
        assertThat(list(bob, ALL)).containsExactly(new InboxItem(notification, false));
        assertCounts(ada, Scope.ALL, 0, 1);
        assertCounts(bob, Scope.ALL, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "group", "everyone"})
    void aMarkCanBeUndoneAndSetAgain(String branch) {
        Notification notification = saved(
                1,
                switch (branch) {
                    case "user" -> users("ada");
                    case "group" -> groups("board");
                    default -> Addressees.EVERYONE;
                });

        for (boolean read : new boolean[] {true, true, false, false, true}) {
            assertThat(store().mark(ada, notification.id(), read)).isTrue();
            assertThat(list(ada, ALL)).containsExactly(new InboxItem(notification, read));
            assertCounts(ada, Scope.ALL, read ? 0 : 1, read ? 1 : 0);
            upkeep();
            assertCounts(ada, Scope.ALL, read ? 0 : 1, read ? 1 : 0);
        }
    }

    @Test
    void aReadMarkNeverMakesAMessageVisible() {
        Notification notification = saved(1, groups("board"));

        assertThat(store().mark(bob, notification.id(), true)).isFalse();
        assertThat(store().mark(bob, notification.id(), false)).isFalse();

        assertThat(list(bob, ALL)).isEmpty();
        assertCounts(bob, Scope.ALL, 0, 0);
        Recipient bobOnTheBoard = recipient("bob", "board");
        assertThat(list(bobOnTheBoard, ALL)).containsExactly(new InboxItem(notification, false));
        assertCounts(bobOnTheBoard, Scope.ALL, 1, 0);
    }

    @Test
    void missingNotificationsCannotBeMarked() {
        Notification notification = saved(1, users("ada"));
        NotificationId sameTime = id(NOON.plusMillis(1), 1);
        NotificationId farOff = id(Instant.parse("9999-01-01T00:00:00Z"), 0);

        assertThat(store().mark(ada, sameTime, true)).isFalse();
        assertThat(store().mark(ada, farOff, true)).isFalse();
        assertThat(list(ada, ALL)).containsExactly(new InboxItem(notification, false));
    }

    @Test
    void twoDevicesMarkConcurrently() throws Exception {
        Notification named = saved(1, users("ada"));
        Notification shared = saved(2, groups("board"));
        Callable<Boolean> markBoth = () -> store().mark(ada, named.id(), true) && store().mark(ada, shared.id(), true);

        try (ExecutorService devices = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> marked : devices.invokeAll(Collections.nCopies(16, markBoth))) {
                assertThat(marked.get()).isTrue();
            }
        }
        assertCounts(ada, Scope.ALL, 0, 2);
    }

    @Test
    void concurrentSavesAreAllCounted() throws Exception {
        List<Callable<Boolean>> senders = IntStream.range(0, 60)
                .<Callable<Boolean>>mapToObj(place -> () -> store().save(
                                titled(id(NOON, place), "n" + place),
                                place % 2 == 0 ? groups("ringers", "board") : users("ada", "bob")))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> saved : threads.invokeAll(senders)) {
                assertThat(saved.get()).isTrue();
            }
        }
        assertCounts(ada, Scope.USER, 60, 0);
        assertThat(listed(bob, Scope.USER)).hasSize(60);
    }

    @Test
    void aNotificationCanNameAThousandUsers() {
        String[] names = IntStream.range(0, MANY).mapToObj(i -> "u" + i).toArray(String[]::new);
        Notification notification =
                saved(1, Addressees.of(users(names).users(), groups("ringers").groups()));

        assertThat(listed(recipient("u999"), Scope.USER)).containsExactly(notification);
        assertCounts(recipient("u500", "ringers"), Scope.ALL, 1, 0);
        assertCounts(bob, Scope.ALL, 1, 0);
    }

    @Test
    void everyCombinationOfGroupsIsAnAudience() {
        List<Notification> sent = IntStream.range(0, 450)
                .mapToObj(place -> saved(place, groups("ringers", "board", "mix-" + place)))
                .toList();

        assertThat(listed(ada, Scope.USER)).isEqualTo(sent.reversed());
        assertThat(store().page(bob, ALL, Order.NEWEST_FIRST, 440, 20).items()).hasSize(10);
        assertCounts(bob, Scope.ALL, 450, 0);
    }

    @Test
    void createdAfterIsExclusiveAndFinerThanAMillisecond() {
        Notification first = saved(1, users("ada"));
        Notification second = saved(2, users("ada"));

        assertThat(list(ada, new Filter(Scope.ALL, null, first.created(), null)))
                .containsExactly(new InboxItem(second, false));
        assertThat(list(ada, new Filter(Scope.ALL, null, first.created().minusNanos(1), null)))
                .hasSize(2);
        assertThat(list(ada, new Filter(Scope.ALL, null, first.created().plusNanos(1), null)))
                .hasSize(1);
        assertThat(store().count(ada, new Filter(Scope.ALL, null, first.created(), false)))
                .isEqualTo(1);
        assertThat(store().count(ada, new Filter(Scope.ALL, null, Instant.MIN, null)))
                .isEqualTo(2);
        assertThat(store().count(ada, new Filter(Scope.ALL, null, Instant.MAX, null)))
                .isZero();
    }

    @Test
    void nullIsLastInAscendingAndFirstInDescendingOrder() {
        Notification with = titled(id(NOON, 1), "with");
        Notification without =
                new Notification(id(NOON, 2), new Content("tests", "without", null, null, List.of()), false);
        store().save(with, users("ada"));
        store().save(without, users("ada"));

        for (Field field : List.of(Field.MESSAGE, Field.TOPIC)) {
            assertThat(store().page(ada, ALL, new Order(field, Direction.ASC), 0, MANY)
                            .items())
                    .extracting(InboxItem::notification)
                    .containsExactly(with, without);
            assertThat(store().page(ada, ALL, new Order(field, Direction.DESC), 0, MANY)
                            .items())
                    .extracting(InboxItem::notification)
                    .containsExactly(without, with);
        }
    }

    @Test
    void textIsOrderedByCodePoint() {
        List<String> inOrder = List.of("A", "Z", "a", "b", "ä", "\uFFFD", "😀");
        for (int i = 0; i < inOrder.size(); i++) {
            store().save(titled(id(NOON, (i * 5) % inOrder.size()), inOrder.get(i)), users("ada"));
        }

        assertThat(store().page(ada, ALL, new Order(Field.TITLE, Direction.ASC), 0, MANY)
                        .items())
                .extracting(item -> item.notification().content().title())
                .containsExactlyElementsOf(inOrder);
    }

    @Test
    void bulkCountsEqualSingleCounts() {
        List<Recipient> everybody = new ArrayList<>(List.of(ada, bob, eve, recipient("ada"), recipient("nobody", "x")));
        IntStream.range(0, 1100).forEach(i -> everybody.add(recipient("u" + i, "team-" + i % 7)));
        saved(1, Addressees.EVERYONE);
        Notification toAll = saved(2, groups("ringers", "board", "team-3"));
        saved(3, Addressees.of(Set.of(user("ada"), user("u1099")), Set.of(group("ringers"), group("team-0"))));
        Notification named = saved(4, users("eve", "u5"));
        store().mark(ada, toAll.id(), true);
        store().mark(eve, named.id(), true);
        assertTogetherAsEach(everybody);
        upkeep();
        assertTogetherAsEach(everybody);
        saved(5, groups("team-1"));
        store().mark(bob, toAll.id(), true);
        assertTogetherAsEach(everybody);
        assertThat(store().bulkCounts(List.of(), Scope.ALL)).isEmpty();
    }

    /** All together, and of the single counts every tenth, and those on both sides of a thousand: a statement takes no more. */
    private void assertTogetherAsEach(List<Recipient> recipients) {
        for (Scope scope : Scope.values()) {
            List<InboxCounts> together = store().bulkCounts(recipients, scope);

            assertThat(together).hasSameSizeAs(recipients);
            IntStream.range(0, recipients.size())
                    .filter(i -> i < 10 || i % 10 == 0 || Math.abs(i - 1000) < 5)
                    .forEach(i -> assertThat(together.get(i)).isEqualTo(store().counts(recipients.get(i), scope)));
        }
    }

    @Test
    void newestReturnsTheGreatestId() {
        assertThat(store().newest()).isEmpty();
        Notification later = saved(2, users("ada"));
        saved(1, Addressees.EVERYONE);

        assertThat(store().newest()).contains(later.id());
    }

    @Test
    void noQueryMatchesAcrossTitleAndMessage() {
        Notification notification =
                new Notification(id(NOON, 1), new Content("tests", "ab", "cd", null, List.of()), false);
        store().save(notification, users("ada"));

        assertThat(list(ada, new Filter(Scope.ALL, "bc", null, null))).isEmpty();
        assertThat(list(ada, new Filter(Scope.ALL, "b\uFFFFc", null, null))).isEmpty();
        assertThat(list(ada, new Filter(Scope.ALL, "CD", null, null))).hasSize(1);
        assertThat(list(ada, new Filter(Scope.ALL, "tests", null, null))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void aPageBeyondTheEndIsEmpty(Field field) {
        saved(1, users("ada"));

        assertThat(store().page(ada, ALL, new Order(field, Direction.DESC), 1, 10)
                        .items())
                .isEmpty();
        assertThat(store().page(ada, ALL, new Order(field, Direction.DESC), Long.MAX_VALUE / 2, Integer.MAX_VALUE)
                        .items())
                .isEmpty();
    }

    @Test
    void severalNotificationsAreStoredTogetherOrNotAtAll() {
        Notification taken = saved(1, users("ada"));
        AddressedNotification fresh =
                new AddressedNotification(titled(id(NOON.plusMillis(2), 0), "fresh"), groups("ringers"));

        assertThat(store().save(List.of(fresh, new AddressedNotification(taken, users("bob"))), null))
                .isEqualTo(new SaveOutcome.IdConflict());
        assertThat(listed(bob, Scope.ALL)).isEmpty();
        assertCounts(bob, Scope.ALL, 0, 0);

        AddressedNotification other =
                new AddressedNotification(titled(id(NOON.plusMillis(3), 0), "other"), users("ada", "bob"));
        assertThat(store().save(List.of(fresh, other), null)).isEqualTo(new SaveOutcome.Stored());
        assertThat(listed(bob, Scope.ALL)).containsExactly(other.notification(), fresh.notification());
        assertCounts(ada, Scope.ALL, 3, 0);
        assertCounts(bob, Scope.ALL, 2, 0);
    }

    private SaveOutcome claimed(int place, String caller, String key, String fingerprint, Instant made) {
        AddressedNotification addressed =
                new AddressedNotification(titled(id(NOON.plusMillis(place), 0), "n" + place), users("ada"));
        return store().save(List.of(addressed), new IdempotencyKey(caller, key, fingerprint, "answer " + place, made));
    }

    @Test
    void aKeyIdentifiesOneRequestOfItsCaller() {
        assertThat(claimed(1, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertThat(claimed(2, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.Repeated("answer 1"));
        assertThat(claimed(3, "eve", "k", "g", NOON)).isEqualTo(new SaveOutcome.KeyReused());
        assertThat(claimed(4, "bob", "k", "g", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertThat(claimed(5, "eve", "K", "f", NOON)).isEqualTo(new SaveOutcome.Stored());
        assertCounts(ada, Scope.ALL, 3, 0);
    }

    @Test
    void aKeyExpiresAfterADay() {
        claimed(1, "eve", "k", "f", NOON);
        claimed(2, "bob", "k", "f", NOON.plusSeconds(1));
        Instant aDayLater = NOON.plus(IdempotencyKey.LIFETIME);

        assertThat(claimed(3, "eve", "k", "g", aDayLater.minusMillis(1))).isEqualTo(new SaveOutcome.KeyReused());
        assertThat(claimed(4, "eve", "k", "g", aDayLater)).isEqualTo(new SaveOutcome.Stored());
        store().deleteIdempotencyKeys(NOON.plusSeconds(1));
        assertThat(claimed(5, "bob", "k", "g", NOON.plusSeconds(2))).isEqualTo(new SaveOutcome.Stored());
    }

    @Test
    void aKeyIsNotStoredWithoutItsNotifications() {
        saved(1, users("ada"));

        assertThat(claimed(1, "eve", "k", "f", NOON)).isEqualTo(new SaveOutcome.IdConflict());
        assertThat(claimed(2, "eve", "k", "g", NOON)).isEqualTo(new SaveOutcome.Stored());
    }

    @Test
    void concurrentRequestsWithOneKeyStoreOnce() throws Exception {
        List<Callable<SaveOutcome>> senders = IntStream.range(0, 50)
                .<Callable<SaveOutcome>>mapToObj(place -> () -> claimed(place, "eve", "k", "f", NOON))
                .toList();
        List<SaveOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<SaveOutcome> outcome : threads.invokeAll(senders)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce(new SaveOutcome.Stored());
        assertThat(outcomes.stream()
                        .filter(SaveOutcome.Repeated.class::isInstance)
                        .distinct())
                .hasSize(1);
        assertCounts(ada, Scope.ALL, 1, 0);
    }

    @Test
    void findReturnsANotificationThatReachesTheRecipient() {
        Notification notification = saved(1, groups("board"));

        assertThat(store().find(ada, notification.id())).contains(new InboxItem(notification, false));
        assertThat(store().find(bob, notification.id())).isEmpty();
        assertThat(store().find(ada, id(NOON, 9))).isEmpty();
        assertThat(store().find(ada, id(Instant.parse("9999-01-01T00:00:00Z"), 0)))
                .isEmpty();
    }

    @Test
    void markAllReadMarksTheScopeUpToAnInstant() {
        saved(1, users("ada"));
        saved(2, groups("ringers", "board"));
        saved(3, Addressees.of(Set.of(user("ada")), Set.of(group("ringers"))));
        saved(4, Addressees.EVERYONE);
        Notification later = saved(6, groups("board"));

        assertThat(store().markAllRead(ada, Scope.SYSTEM, NOON.plusMillis(3))).isZero();
        assertThat(store().markAllRead(ada, Scope.USER, NOON.plusMillis(5))).isEqualTo(3);
        assertCounts(ada, Scope.USER, 1, 3);
        assertCounts(ada, Scope.SYSTEM, 1, 0);
        assertThat(list(ada, new Filter(Scope.USER, null, null, false))).containsExactly(new InboxItem(later, false));
        assertCounts(bob, Scope.ALL, 3, 0);
        assertThat(store().markAllRead(ada, Scope.ALL, later.created())).isEqualTo(2);
        assertThat(store().markAllRead(ada, Scope.ALL, Instant.MAX)).isZero();
        assertCounts(ada, Scope.ALL, 0, 5);
    }

    @Test
    void markAllReadFromTwoDevicesCountsEachNotificationOnce() throws Exception {
        List<AddressedNotification> many = IntStream.range(0, 2_500)
                .mapToObj(place -> new AddressedNotification(
                        titled(id(NOON.plusMillis(place), 0), "n"), place % 2 == 0 ? users("ada") : groups("board")))
                .toList();
        assertThat(store().save(many, null)).isEqualTo(new SaveOutcome.Stored());
        Callable<Long> device = () -> store().markAllRead(ada, Scope.ALL, NOON.plusSeconds(60));

        long marked = 0;
        try (ExecutorService devices = Executors.newFixedThreadPool(2)) {
            for (Future<Long> each : devices.invokeAll(List.of(device, device))) {
                marked += each.get();
            }
        }
        assertThat(marked).isEqualTo(2_500);
        assertCounts(ada, Scope.ALL, 0, 2_500);
    }

    @Test
    void purgedNotificationsAreGoneAndNotCounted() {
        Notification named = saved(1, Addressees.of(Set.of(user("ada"), user("bob")), Set.of(group("ringers"))));
        Notification grouped = saved(2, groups("ringers"));
        Notification toAll = saved(3, Addressees.EVERYONE);
        Notification kept = saved(5, groups("ringers"));
        Notification keptToo = saved(6, users("ada"));
        for (Notification notification : List.of(named, grouped, toAll, kept)) {
            assertThat(store().mark(ada, notification.id(), true)).isTrue();
        }
        upkeep();

        assertThat(store().purge(new RetentionCutoff(NOON.plusMillis(4), Map.of())))
                .isEqualTo(3);

        assertThat(listed(ada, Scope.ALL)).containsExactly(keptToo, kept);
        assertThat(listed(bob, Scope.ALL)).containsExactly(kept);
        assertThat(list(ada, new Filter(Scope.ALL, "n3", null, null))).isEmpty();
        assertCounts(ada, Scope.ALL, 1, 1);
        assertCounts(bob, Scope.ALL, 1, 0);
        upkeep();
        assertCounts(ada, Scope.ALL, 1, 1);
        assertCounts(eve, Scope.ALL, 0, 0);
        assertThat(store().mark(ada, grouped.id(), true)).isFalse();
        assertThat(store().find(ada, named.id())).isEmpty();
        assertThat(store().purge(new RetentionCutoff(NOON.plusMillis(4), Map.of())))
                .isZero();
        assertThat(store().purge(new RetentionCutoff(null, Map.of()))).isZero();
    }

    @Test
    void aTopicCanHaveItsOwnRetention() {
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            String topic = switch (i % 3) {
                case 0 -> "short";
                case 1 -> "long";
                default -> null;
            };
            Content content = new Content("n" + i, "test", null, topic, List.of());
            all.add(new Notification(id(NOON.plusMillis(i), 0), content, false));
        }
        store().save(
                        all.stream()
                                .map(one -> new AddressedNotification(one, users("ada")))
                                .toList(),
                        null);
        RetentionCutoff cutoff = new RetentionCutoff(
                NOON.plusMillis(999), Map.of("short", NOON.plusMillis(1999), "long", NOON.minusMillis(1)));

        List<Notification> kept = all.stream()
                .filter(one -> !cutoff.isExpired(one.created(), one.content().topic()))
                .toList()
                .reversed();
        assertThat(store().purge(cutoff)).isEqualTo(all.size() - kept.size());

        assertThat(store().page(ada, ALL, Order.NEWEST_FIRST, 0, all.size()).items())
                .extracting(InboxItem::notification)
                .isEqualTo(kept);
        assertThat(kept).hasSize(167 + 833 + 500);
        assertCounts(ada, Scope.ALL, kept.size(), 0);
    }

    @Test
    void aPurgeKeepsTheCountsExactDuringMarksAndSaves() throws Exception {
        int many = 3000;
        List<AddressedNotification> notifications = IntStream.range(0, many)
                .mapToObj(i -> new AddressedNotification(
                        titled(id(NOON.plusMillis(i), 0), "n" + i),
                        i % 2 == 0 ? groups("ringers") : Addressees.of(Set.of(user("ada")), Set.of(group("board")))))
                .toList();
        store().save(notifications, null);
        NotificationStore store = store();
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Callable<Object>> all = new ArrayList<>();
            all.add(() -> store.purge(new RetentionCutoff(NOON.plusMillis(many - 101), Map.of())));
            all.add(() -> store.markAllRead(ada, Scope.ALL, NOON.plusMillis(many)));
            all.add(() -> store.markAllRead(bob, Scope.ALL, NOON.plusMillis(many)));
            all.add(() -> {
                for (int i = 0; i < many; i += 7) {
                    store.mark(bob, id(NOON.plusMillis(i), 0), i % 2 == 0);
                    store.mark(ada, id(NOON.plusMillis(i), 0), i % 3 == 0);
                }
                return null;
            });
            all.add(() -> {
                upkeep();
                return null;
            });
            for (Future<Object> one : threads.invokeAll(all)) {
                one.get();
            }
        }
        // The second purge deletes notifications that were being marked during the first.
        store.purge(new RetentionCutoff(NOON.plusMillis(many - 101), Map.of()));
        upkeep();
        for (Recipient recipient : List.of(ada, bob)) {
            List<InboxItem> left = list(recipient, ALL);
            assertThat(left).hasSize(recipient == ada ? 100 : 50);
            long read = left.stream().filter(InboxItem::read).count();
            assertCounts(recipient, Scope.ALL, left.size() - read, read);
        }
    }

    @Test
    void theRevisionGrowsWithEachChangeOfTheInbox() {
        long empty = store().counts(ada, Scope.ALL).revision();
        Notification notification = saved(1, groups("board"));
        long sent = store().counts(ada, Scope.ALL).revision();
        store().mark(ada, notification.id(), true);
        long marked = store().counts(ada, Scope.ALL).revision();
        upkeep();
        store().mark(ada, notification.id(), true);

        assertThat(empty).isLessThan(sent);
        assertThat(sent).isLessThan(marked);
        assertThat(store().counts(ada, Scope.ALL).revision()).isEqualTo(marked);
        store().mark(ada, notification.id(), false);
        assertThat(store().counts(ada, Scope.ALL).revision()).isGreaterThan(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"needle", "NEEDLE", "ne", "dlé 100%_\\\"*", "ÄÖ", "öX", "é ", "%_", "x"})
    void aRareTextIsFoundInOldNotificationsOfALargeInbox(String text) {
        List<AddressedNotification> many = IntStream.range(0, 1_200)
                .mapToObj(place -> {
                    String title = place % 400 == 7 ? place + " Needlé 100%_\\\"* äöx" : "hay " + place;
                    Notification notification = titled(id(NOON.plusMillis(place), 0), title);
                    return new AddressedNotification(notification, place < 600 ? users("ada") : groups("ringers"));
                })
                .toList();
        store().save(many, null);
        upkeep();
        String wanted = text.replace("needle", "needl").replace("NEEDLE", "NEEDL");
        Filter filter = new Filter(Scope.ALL, wanted, null, null);

        assertThat(store().page(ada, filter, Order.NEWEST_FIRST, 0, 20).items())
                .extracting(item -> item.notification().created().toEpochMilli() - NOON.toEpochMilli())
                .containsExactly(807L, 407L, 7L);
        assertThat(store().page(ada, filter, Order.NEWEST_FIRST, 1, 1).items()).hasSize(1);
        assertThat(store().page(ada, filter, new Order(Field.TITLE, Direction.ASC), 0, 20)
                        .items())
                .hasSize(3);
        assertThat(store().count(ada, filter)).isEqualTo(3);
        assertThat(store().count(bob, filter)).isEqualTo(1);
        assertThat(store().page(eve, filter, Order.NEWEST_FIRST, 0, 20).items()).isEmpty();
        assertThat(store().count(ada, new Filter(Scope.ALL, wanted, NOON.plusMillis(7), false)))
                .isEqualTo(2);
    }

    /** Words in every message, in every second, in every tenth, and in a few old ones: each page by offset and by place. */
    @ParameterizedTest
    @EnumSource(Direction.class)
    void pagesOfASearchAreCompleteForEveryFrequency(Direction direction) {
        List<AddressedNotification> many = IntStream.range(0, 300)
                .mapToObj(place -> {
                    String title = "bell" + (place % 2 == 0 ? " even" : "") + (place % 10 == 0 ? " tenth" : "")
                            + (place < 5 ? " oldest" : "");
                    return new AddressedNotification(
                            titled(id(NOON.plusMillis(place), 0), title),
                            place % 3 == 0 ? users("ada") : groups("ringers"));
                })
                .toList();
        store().save(many, null);
        upkeep();
        Order order = new Order(Field.CREATED, direction);
        for (String word : List.of("bell", "even", "tenth", "oldest", "none")) {
            Filter filter = new Filter(Scope.ALL, word, null, null);
            List<Notification> expected = many.stream()
                    .map(AddressedNotification::notification)
                    .filter(notification -> notification.content().title().contains(word))
                    .sorted(Comparator.comparing(Notification::created))
                    .toList();
            if (direction == Direction.DESC) {
                expected = expected.reversed();
            }
            for (int offset = 0; offset <= expected.size() + 7; offset += 7) {
                assertThat(store().page(ada, filter, order, offset, 7).items())
                        .as("%s from %s", word, offset)
                        .extracting(InboxItem::notification)
                        .isEqualTo(expected.stream().skip(offset).limit(7).toList());
            }
            for (int last = 0; last < expected.size(); last += 11) {
                assertThat(store().following(
                                        ada,
                                        filter,
                                        order,
                                        new SeekPosition(expected.get(last).id(), null),
                                        7)
                                .items())
                        .as("%s behind %s", word, last)
                        .extracting(InboxItem::notification)
                        .isEqualTo(expected.stream().skip(last + 1L).limit(7).toList());
            }
        }
    }

    @Test
    void anyTextIsFoundByItsOwnPartsInAnyCase() throws Exception {
        Property.holds(2, random -> {
            Texts texts = new Texts(random);
            for (int i = 0; i < 40; i++) {
                String title = texts.some(1, 12);
                String message = texts.some(0, 30);
                NotificationId id = id(NOON.plusMillis(random.nextInt(1_000_000_000)), random.nextInt(4096));
                store().save(
                                new Notification(id, new Content("o", title, message, null, List.of()), false),
                                users("ada"));
                for (String part : List.of(texts.partOf(title), texts.partOf(message))) {
                    Filter filter = new Filter(Scope.ALL, texts.otherCaseOf(part), null, null);
                    assertThat(store().page(ada, filter, Order.NEWEST_FIRST, 0, MANY)
                                    .items())
                            .as("'%s' in '%s', '%s'", part, title, message)
                            .anyMatch(found -> found.notification().id().equals(id));
                }
            }
        });
    }

    @Test
    void anyHistoryGivesTheResultsOfTheMemoryStore() throws Exception {
        Property.holds(2, random -> new History(random, store(), this::upkeep).play(60));
    }
}
