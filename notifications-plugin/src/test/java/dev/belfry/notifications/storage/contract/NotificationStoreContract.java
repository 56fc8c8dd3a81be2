package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Content.Action;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the port. The test of each store extends it. */
public abstract class NotificationStoreContract
        implements ReadMarksContract, MutingContract, PurgeContract, SearchContract, IdempotencyContract {

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

        assertThat(list(ADA, ALL)).containsExactly(new InboxItem(notification, false));
    }

    @Test
    void theFormatIsReadBack() {
        Content content = new Content("o", "t", "*m*", null, List.of(), Content.Format.MARKDOWN);
        Notification notification = new Notification(id(NOON, 1), content, false);
        store().save(notification, users("ada"));

        assertThat(list(ADA, ALL)).containsExactly(new InboxItem(notification, false));
        assertThat(store().find(ADA, notification.id())).contains(new InboxItem(notification, false));
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
        store().mark(ADA, grouped, true);
        store().mark(ADA, other, true);
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
    void anIdCanBeStoredOnce() {
        Notification first = saved(1, users("ada"));

        assertThat(store().save(new Notification(first.id(), first.content(), true), Addressees.EVERYONE))
                .isFalse();
        assertThat(list(ADA, ALL)).containsExactly(new InboxItem(first, false));
        assertThat(list(BOB, ALL)).isEmpty();
        assertCounts(BOB, Scope.ALL, 0, 0);
    }

    /** Saves each id three times, with different addressees. Notifications saved at the same time must not be affected. */
    @Test
    void concurrentSavesStoreEachIdOnce() throws Exception {
        List<Addressees> addressees = List.of(users("ada", "bob"), groups("ringers"), Addressees.EVERYONE);
        List<Callable<Boolean>> senders = IntStream.range(0, 90)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    Addressees whom = addressees.get(i % 3);
                    return store().save(StoreFixture.notification(id(NOON, i / 3), "n" + i, whom), whom);
                })
                .toList();
        int stored = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(30)) {
            for (Future<Boolean> saved : threads.invokeAll(senders)) {
                stored += saved.get() ? 1 : 0;
            }
        }

        assertThat(stored).isEqualTo(30);
        assertThat(list(ADA, ALL)).hasSize(30).doesNotHaveDuplicates();
        assertCounts(ADA, Scope.ALL, 30, 0);
        assertCounts(BOB, Scope.ALL, 30, 0);
        assertCounts(EVE, Scope.ALL, list(EVE, ALL).size(), 0);
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

        assertThat(listed(ADA, Scope.USER)).containsExactly(notification);
        assertThat(listed(ADA, Scope.SYSTEM)).isEmpty();
        assertThat(listed(BOB, Scope.ALL)).isEmpty();
        assertCounts(ADA, Scope.USER, 1, 0);
        assertCounts(BOB, Scope.ALL, 0, 0);
    }

    @Test
    void aNotificationToAGroupReachesItsMembers() {
        Notification notification = saved(1, groups("ringers"));

        assertThat(listed(ADA, Scope.USER)).containsExactly(notification);
        assertThat(listed(BOB, Scope.ALL)).containsExactly(notification);
        assertThat(listed(EVE, Scope.ALL)).isEmpty();
        assertCounts(BOB, Scope.USER, 1, 0);
        assertCounts(EVE, Scope.ALL, 0, 0);
    }

    @Test
    void aSystemNotificationReachesEveryone() {
        Notification notification = saved(1, Addressees.EVERYONE);

        assertThat(listed(EVE, Scope.SYSTEM)).containsExactly(notification);
        assertThat(listed(EVE, Scope.ALL)).containsExactly(notification);
        assertThat(listed(EVE, Scope.USER)).isEmpty();
        assertCounts(EVE, Scope.SYSTEM, 1, 0);
        assertCounts(EVE, Scope.USER, 0, 0);
    }

    @Test
    void membershipIsEvaluatedWhenReading() {
        Notification notification = saved(1, groups("ringers"));
        Recipient later = recipient("eve", "ringers");

        assertThat(listed(later, Scope.USER)).containsExactly(notification);
        assertThat(store().mark(later, notification.id(), true)).isTrue();
        assertCounts(later, Scope.USER, 0, 1);
        assertThat(listed(EVE, Scope.ALL)).isEmpty();
        assertCounts(EVE, Scope.ALL, 0, 0);
        assertCounts(later, Scope.USER, 0, 1);
    }

    @Test
    void aNotificationInBothBranchesIsListedOnce() {
        Notification both = saved(1, Addressees.of(Set.of(user("ada")), Set.of(group("ringers"), group("board"))));

        assertThat(listed(ADA, Scope.USER)).containsExactly(both);
        assertCounts(ADA, Scope.ALL, 1, 0);
        assertCounts(BOB, Scope.ALL, 1, 0);
        store().mark(ADA, both.id(), true);
        assertThat(list(ADA, new Filter(Scope.USER, null, null, true))).containsExactly(new InboxItem(both, true));
        assertThat(list(ADA, new Filter(Scope.USER, null, null, false))).isEmpty();
        assertCounts(ADA, Scope.USER, 0, 1);
        assertCounts(BOB, Scope.USER, 1, 0);
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
        assertCounts(ADA, Scope.USER, 60, 0);
        assertThat(listed(BOB, Scope.USER)).hasSize(60);
    }

    @Test
    void aNotificationCanNameAThousandUsers() {
        String[] names = IntStream.range(0, MANY).mapToObj(i -> "u" + i).toArray(String[]::new);
        Notification notification =
                saved(1, Addressees.of(users(names).users(), groups("ringers").groups()));

        assertThat(listed(recipient("u999"), Scope.USER)).containsExactly(notification);
        assertCounts(recipient("u500", "ringers"), Scope.ALL, 1, 0);
        assertCounts(BOB, Scope.ALL, 1, 0);
    }

    @Test
    void everyCombinationOfGroupsIsAnAudience() {
        List<Notification> sent = IntStream.range(0, 450)
                .mapToObj(place -> saved(place, groups("ringers", "board", "mix-" + place)))
                .toList();

        assertThat(listed(ADA, Scope.USER)).isEqualTo(sent.reversed());
        assertThat(store().page(BOB, ALL, Order.NEWEST_FIRST, 440, 20).items()).hasSize(10);
        assertCounts(BOB, Scope.ALL, 450, 0);
    }

    @Test
    void createdAfterIsExclusiveAndFinerThanAMillisecond() {
        Notification first = saved(1, users("ada"));
        Notification second = saved(2, users("ada"));

        assertThat(list(ADA, new Filter(Scope.ALL, null, first.created(), null)))
                .containsExactly(new InboxItem(second, false));
        assertThat(list(ADA, new Filter(Scope.ALL, null, first.created().minusNanos(1), null)))
                .hasSize(2);
        assertThat(list(ADA, new Filter(Scope.ALL, null, first.created().plusNanos(1), null)))
                .hasSize(1);
        assertThat(store().count(ADA, new Filter(Scope.ALL, null, first.created(), false)))
                .isEqualTo(1);
        assertThat(store().count(ADA, new Filter(Scope.ALL, null, Instant.MIN, null)))
                .isEqualTo(2);
        assertThat(store().count(ADA, new Filter(Scope.ALL, null, Instant.MAX, null)))
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
            assertThat(store().page(ADA, ALL, new Order(field, Direction.ASC), 0, MANY)
                            .items())
                    .extracting(InboxItem::notification)
                    .containsExactly(with, without);
            assertThat(store().page(ADA, ALL, new Order(field, Direction.DESC), 0, MANY)
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

        assertThat(store().page(ADA, ALL, new Order(Field.TITLE, Direction.ASC), 0, MANY)
                        .items())
                .extracting(item -> item.notification().content().title())
                .containsExactlyElementsOf(inOrder);
    }

    @Test
    void bulkCountsEqualSingleCounts() {
        List<Recipient> everybody = new ArrayList<>(List.of(ADA, BOB, EVE, recipient("ada"), recipient("nobody", "x")));
        IntStream.range(0, 1100).forEach(i -> everybody.add(recipient("u" + i, "team-" + i % 7)));
        saved(1, Addressees.EVERYONE);
        Notification toAll = saved(2, groups("ringers", "board", "team-3"));
        saved(3, Addressees.of(Set.of(user("ada"), user("u1099")), Set.of(group("ringers"), group("team-0"))));
        Notification named = saved(4, users("eve", "u5"));
        store().mark(ADA, toAll.id(), true);
        store().mark(EVE, named.id(), true);
        assertTogetherAsEach(everybody);
        upkeep();
        assertTogetherAsEach(everybody);
        saved(5, groups("team-1"));
        store().mark(BOB, toAll.id(), true);
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

    @ParameterizedTest
    @EnumSource(Field.class)
    void aPageBeyondTheEndIsEmpty(Field field) {
        saved(1, users("ada"));

        assertThat(store().page(ADA, ALL, new Order(field, Direction.DESC), 1, 10)
                        .items())
                .isEmpty();
        assertThat(store().page(ADA, ALL, new Order(field, Direction.DESC), Long.MAX_VALUE / 2, Integer.MAX_VALUE)
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
        assertThat(listed(BOB, Scope.ALL)).isEmpty();
        assertCounts(BOB, Scope.ALL, 0, 0);

        AddressedNotification other =
                new AddressedNotification(titled(id(NOON.plusMillis(3), 0), "other"), users("ada", "bob"));
        assertThat(store().save(List.of(fresh, other), null)).isEqualTo(new SaveOutcome.Stored());
        assertThat(listed(BOB, Scope.ALL)).containsExactly(other.notification(), fresh.notification());
        assertCounts(ADA, Scope.ALL, 3, 0);
        assertCounts(BOB, Scope.ALL, 2, 0);
    }

    @Test
    void findReturnsANotificationThatReachesTheRecipient() {
        Notification notification = saved(1, groups("board"));

        assertThat(store().find(ADA, notification.id())).contains(new InboxItem(notification, false));
        assertThat(store().find(BOB, notification.id())).isEmpty();
        assertThat(store().find(ADA, id(NOON, 9))).isEmpty();
        assertThat(store().find(ADA, id(Instant.parse("9999-01-01T00:00:00Z"), 0)))
                .isEmpty();
    }

    @Test
    void theRevisionGrowsWithEachChangeOfTheInbox() {
        long empty = store().counts(ADA, Scope.ALL).revision();
        Notification notification = saved(1, groups("board"));
        long sent = store().counts(ADA, Scope.ALL).revision();
        store().mark(ADA, notification.id(), true);
        long marked = store().counts(ADA, Scope.ALL).revision();
        upkeep();
        store().mark(ADA, notification.id(), true);

        assertThat(empty).isLessThan(sent);
        assertThat(sent).isLessThan(marked);
        assertThat(store().counts(ADA, Scope.ALL).revision()).isEqualTo(marked);
        store().mark(ADA, notification.id(), false);
        assertThat(store().counts(ADA, Scope.ALL).revision()).isGreaterThan(marked);
    }

    @Test
    void anyHistoryGivesTheResultsOfTheMemoryStore() throws Exception {
        Property.holds(2, random -> new History(random, store(), this::upkeep).play(60));
    }
}
