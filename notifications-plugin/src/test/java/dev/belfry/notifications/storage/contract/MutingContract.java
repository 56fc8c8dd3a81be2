package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.group;
import static dev.belfry.notifications.storage.contract.Samples.groups;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.system;
import static dev.belfry.notifications.storage.contract.Samples.user;
import static dev.belfry.notifications.storage.contract.Samples.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Order.Direction;
import dev.belfry.notifications.storage.Order.Field;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The mute lists of users, and the counts without muted notifications. */
interface MutingContract extends StoreFixture {

    @Test
    default void mutedNotificationsAreSelectedByTheirWholeTopicOrOrigin() {
        NotificationId byTopic = saved(1, "cd", "builds", users("ada"));
        NotificationId byOrigin = saved(2, "ci", null, groups("ringers"));
        NotificationId byBoth = saved(3, "ci", "builds", Addressees.EVERYONE);
        NotificationId other = saved(4, "cd", "build", Addressees.of(Set.of(user("ada")), Set.of(group("board"))));
        NotificationId swapped = saved(5, "builds", "ci", groups("board"));
        saved(6, "ci", "builds", users("bob"));
        store().replaceMuteList(ADA.user(), MuteList.of(Set.of("builds"), Set.of("ci", "'\"\\%")));
        store().replaceMuteList(BOB.user(), MuteList.of(Set.of("build"), Set.of()));
        store().mark(ADA, byOrigin, true);
        store().mark(ADA, swapped, true);
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
        assertThat(store().count(ADA, unmuted, store().counts(ADA, Scope.USER))).isEqualTo(1);
        assertThat(store().bulkUnread(List.of(ADA, BOB, EVE)))
                .containsExactly(new UnreadCounts(1, 0), new UnreadCounts(2, 1), new UnreadCounts(0, 1));
    }

    @Test
    default void theCountsTellWhoHasMutedSomething() {
        MuteList list = MuteList.of(Set.of("builds"), Set.of());
        for (MuteList next : List.of(list, MuteList.of(Set.of(), Set.of("ci")), MuteList.NONE, list, MuteList.NONE)) {
            for (Scope scope : Scope.values()) {
                InboxCounts before = store().counts(ADA, scope);
                MuteList stored = store().muteList(ADA.user());

                store().replaceMuteList(ADA.user(), next);
                store().replaceMuteList(ADA.user(), next);

                assertThat(store().counts(ADA, scope).revision()).isNotEqualTo(before.revision());
                assertThat(store().counts(ADA, scope).muting()).isEqualTo(!next.isEmpty());
                upkeep();
                assertThat(store().counts(ADA, scope).muting()).isEqualTo(!next.isEmpty());
                assertThat(store().bulkCounts(List.of(ADA, BOB), scope))
                        .containsExactly(store().counts(ADA, scope), store().counts(BOB, scope));
                store().replaceMuteList(ADA.user(), stored);
            }
            store().replaceMuteList(ADA.user(), next);
            assertThat(store().muteLists(Set.of(ADA.user(), BOB.user())))
                    .isEqualTo(next.isEmpty() ? Map.of() : Map.of(ADA.user(), next));
        }
        assertThat(store().counts(BOB, Scope.ALL).muting()).isFalse();
    }

    /** The count of a user who has muted something follows changes: each is counted after it was made. */
    @Test
    default void eachChangeIsInTheCountOfAUserWhoHasMutedSomething() {
        store().replaceMuteList(ADA.user(), MuteList.of(Set.of("builds"), Set.of("ci")));
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

        store().mark(ADA, id(NOON.plusMillis(2), 0), true);
        store().mark(ADA, id(NOON.plusMillis(1), 0), true);
        assertUnread(1, 1);
        store().mark(ADA, id(NOON.plusMillis(2), 0), false);
        store().mark(ADA, id(NOON.plusMillis(1), 0), false);
        assertUnread(2, 1);
        store().mark(BOB, id(NOON.plusMillis(3), 0), true);
        assertUnread(2, 1);

        // One that counts disappears, and another one arrives.
        store().purge(new RetentionCutoff(NOON.plusMillis(2), Map.of()));
        saved(8, "tests", "builds", users("ada"));
        assertUnread(1, 1);
        saved(9, "tests", "news", users("ada"));
        upkeep();
        assertUnread(2, 1);

        store().replaceMuteList(ADA.user(), MuteList.of(Set.of("news"), Set.of()));
        assertUnread(2, 1);
        store().markAllRead(ADA, Scope.ALL, NOON.plusMillis(6));
        assertUnread(1, 1);
    }

    private void assertUnread(long personal, long system) {
        assertThat(store().bulkUnread(List.of(ADA))).containsExactly(new UnreadCounts(personal, system));
        assertThat(store().count(ADA, new Filter(Scope.ALL, null, null, false).withMuted(false)))
                .isEqualTo(personal + system);
    }

    @Test
    default void mutingKeepsTheCountsExactDuringMarksAndSaves() throws Exception {
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
                    store.mark(ADA, id(NOON.plusMillis(i), 0), true);
                    store.bulkUnread(List.of(ADA, BOB));
                }
                return null;
            });
            for (Recipient recipient : List.of(ADA, BOB)) {
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
        for (Recipient recipient : List.of(ADA, BOB)) {
            long unread = list(recipient, new Filter(Scope.ALL, null, null, false)).stream()
                    .filter(item -> !topic.includes(item.notification().content()))
                    .count();
            assertThat(store.bulkUnread(List.of(recipient))).containsExactly(new UnreadCounts(unread, 0));
            assertThat(store.count(recipient, new Filter(Scope.ALL, null, null, false).withMuted(false)))
                    .isEqualTo(unread);
        }
        assertThat(store.count(BOB, new Filter(Scope.ALL, null, null, false).withMuted(true)))
                .isEqualTo(many / 3);
    }
}
