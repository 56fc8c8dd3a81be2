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
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Old notifications are deleted. */
interface PurgeContract extends StoreFixture {

    @Test
    default void purgedNotificationsAreGoneAndNotCounted() {
        Notification named = saved(1, Addressees.of(Set.of(user("ada"), user("bob")), Set.of(group("ringers"))));
        Notification grouped = saved(2, groups("ringers"));
        Notification toAll = saved(3, Addressees.EVERYONE);
        Notification kept = saved(5, groups("ringers"));
        Notification keptToo = saved(6, users("ada"));
        for (Notification notification : List.of(named, grouped, toAll, kept)) {
            assertThat(store().mark(ADA, notification.id(), true)).isTrue();
        }
        upkeep();

        assertThat(store().purge(new RetentionCutoff(NOON.plusMillis(4), Map.of())))
                .isEqualTo(3);

        assertThat(listed(ADA, Scope.ALL)).containsExactly(keptToo, kept);
        assertThat(listed(BOB, Scope.ALL)).containsExactly(kept);
        assertThat(list(ADA, new Filter(Scope.ALL, "n3", null, null))).isEmpty();
        assertCounts(ADA, Scope.ALL, 1, 1);
        assertCounts(BOB, Scope.ALL, 1, 0);
        upkeep();
        assertCounts(ADA, Scope.ALL, 1, 1);
        assertCounts(EVE, Scope.ALL, 0, 0);
        assertThat(store().mark(ADA, grouped.id(), true)).isFalse();
        assertThat(store().find(ADA, named.id())).isEmpty();
        assertThat(store().purge(new RetentionCutoff(NOON.plusMillis(4), Map.of())))
                .isZero();
        assertThat(store().purge(new RetentionCutoff(null, Map.of()))).isZero();
    }

    @Test
    default void aTopicCanHaveItsOwnRetention() {
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

        assertThat(store().page(ADA, ALL, Order.NEWEST_FIRST, 0, all.size()).items())
                .extracting(InboxItem::notification)
                .isEqualTo(kept);
        assertThat(kept).hasSize(167 + 833 + 500);
        assertCounts(ADA, Scope.ALL, kept.size(), 0);
    }

    @Test
    default void aPurgeKeepsTheCountsExactDuringMarksAndSaves() throws Exception {
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
            all.add(() -> store.markAllRead(ADA, Scope.ALL, NOON.plusMillis(many)));
            all.add(() -> store.markAllRead(BOB, Scope.ALL, NOON.plusMillis(many)));
            all.add(() -> {
                for (int i = 0; i < many; i += 7) {
                    store.mark(BOB, id(NOON.plusMillis(i), 0), i % 2 == 0);
                    store.mark(ADA, id(NOON.plusMillis(i), 0), i % 3 == 0);
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
        for (Recipient recipient : List.of(ADA, BOB)) {
            List<InboxItem> left = list(recipient, ALL);
            assertThat(left).hasSize(recipient == ADA ? 100 : 50);
            long read = left.stream().filter(InboxItem::read).count();
            assertCounts(recipient, Scope.ALL, left.size() - read, read);
        }
    }
}
