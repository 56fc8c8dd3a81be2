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
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How marks of users change inboxes and counts. */
interface ReadMarksContract extends StoreFixture {

    @Test
    default void aMarkBelongsToOneUser() {
        Notification notification = saved(1, Addressees.EVERYONE);

        assertThat(store().mark(ADA, notification.id(), true)).isTrue();

        assertThat(list(ADA, ALL)).containsExactly(new InboxItem(notification, true));
        assertThat(list(BOB, ALL)).containsExactly(new InboxItem(notification, false));
        assertCounts(ADA, Scope.ALL, 0, 1);
        assertCounts(BOB, Scope.ALL, 1, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "group", "everyone"})
    default void aMarkCanBeUndoneAndSetAgain(String branch) {
        Notification notification = saved(
                1,
                switch (branch) {
                    case "user" -> users("ada");
                    case "group" -> groups("board");
                    default -> Addressees.EVERYONE;
                });

        for (boolean read : new boolean[] {true, true, false, false, true}) {
            assertThat(store().mark(ADA, notification.id(), read)).isTrue();
            assertThat(list(ADA, ALL)).containsExactly(new InboxItem(notification, read));
            assertCounts(ADA, Scope.ALL, read ? 0 : 1, read ? 1 : 0);
            upkeep();
            assertCounts(ADA, Scope.ALL, read ? 0 : 1, read ? 1 : 0);
        }
    }

    @Test
    default void aReadMarkNeverMakesAMessageVisible() {
        Notification notification = saved(1, groups("board"));

        assertThat(store().mark(BOB, notification.id(), true)).isFalse();
        assertThat(store().mark(BOB, notification.id(), false)).isFalse();

        assertThat(list(BOB, ALL)).isEmpty();
        assertCounts(BOB, Scope.ALL, 0, 0);
        Recipient bobOnTheBoard = recipient("bob", "board");
        assertThat(list(bobOnTheBoard, ALL)).containsExactly(new InboxItem(notification, false));
        assertCounts(bobOnTheBoard, Scope.ALL, 1, 0);
    }

    @Test
    default void missingNotificationsCannotBeMarked() {
        Notification notification = saved(1, users("ada"));
        NotificationId sameTime = id(NOON.plusMillis(1), 1);
        NotificationId farOff = id(Instant.parse("9999-01-01T00:00:00Z"), 0);

        assertThat(store().mark(ADA, sameTime, true)).isFalse();
        assertThat(store().mark(ADA, farOff, true)).isFalse();
        assertThat(list(ADA, ALL)).containsExactly(new InboxItem(notification, false));
    }

    @Test
    default void twoDevicesMarkConcurrently() throws Exception {
        Notification named = saved(1, users("ada"));
        Notification shared = saved(2, groups("board"));
        Callable<Boolean> markBoth = () -> store().mark(ADA, named.id(), true) && store().mark(ADA, shared.id(), true);

        try (ExecutorService devices = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> marked : devices.invokeAll(Collections.nCopies(16, markBoth))) {
                assertThat(marked.get()).isTrue();
            }
        }
        assertCounts(ADA, Scope.ALL, 0, 2);
    }

    @Test
    default void markAllReadMarksTheScopeUpToAnInstant() {
        saved(1, users("ada"));
        saved(2, groups("ringers", "board"));
        saved(3, Addressees.of(Set.of(user("ada")), Set.of(group("ringers"))));
        saved(4, Addressees.EVERYONE);
        Notification later = saved(6, groups("board"));

        assertThat(store().markAllRead(ADA, Scope.SYSTEM, NOON.plusMillis(3))).isZero();
        assertThat(store().markAllRead(ADA, Scope.USER, NOON.plusMillis(5))).isEqualTo(3);
        assertCounts(ADA, Scope.USER, 1, 3);
        assertCounts(ADA, Scope.SYSTEM, 1, 0);
        assertThat(list(ADA, new Filter(Scope.USER, null, null, false))).containsExactly(new InboxItem(later, false));
        assertCounts(BOB, Scope.ALL, 3, 0);
        assertThat(store().markAllRead(ADA, Scope.ALL, later.created())).isEqualTo(2);
        assertThat(store().markAllRead(ADA, Scope.ALL, Instant.MAX)).isZero();
        assertCounts(ADA, Scope.ALL, 0, 5);
    }

    @Test
    default void markAllReadFromTwoDevicesCountsEachNotificationOnce() throws Exception {
        List<AddressedNotification> many = IntStream.range(0, 2_500)
                .mapToObj(place -> new AddressedNotification(
                        titled(id(NOON.plusMillis(place), 0), "n"), place % 2 == 0 ? users("ada") : groups("board")))
                .toList();
        assertThat(store().save(many, null)).isEqualTo(new SaveOutcome.Stored());
        Callable<Long> device = () -> store().markAllRead(ADA, Scope.ALL, NOON.plusSeconds(60));

        long marked = 0;
        try (ExecutorService devices = Executors.newFixedThreadPool(2)) {
            for (Future<Long> each : devices.invokeAll(List.of(device, device))) {
                marked += each.get();
            }
        }
        assertThat(marked).isEqualTo(2_500);
        assertCounts(ADA, Scope.ALL, 0, 2_500);
    }
}
