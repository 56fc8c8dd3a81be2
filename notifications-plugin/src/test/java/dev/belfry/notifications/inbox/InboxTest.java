package dev.belfry.notifications.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.contract.MemoryStore;
import dev.belfry.notifications.storage.contract.Samples;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final EntityRef ADA = Samples.user("ada");
    private static final EntityRef BOB = Samples.user("bob");
    private static final Filter ALL = Filter.of(Scope.ALL);

    private final MemoryStore store = new MemoryStore();
    private final Inbox inbox = new Inbox(
            store, store, store, user -> user.equals(ADA) ? Set.of(Samples.group("ringers")) : Set.of(), event -> {});

    private List<Notification> fill(int size) {
        return Stream.iterate(0, place -> place < size, place -> place + 1)
                .map(place -> Samples.titled(Samples.id(Samples.NOON, place), "n" + place))
                .peek(notification -> store.save(notification, Samples.groups("ringers")))
                .toList()
                .reversed();
    }

    private static List<Notification> notifications(Stream<InboxItem> items) {
        return items.map(InboxItem::notification).toList();
    }

    @Test
    void theCatalogDecidesAboutGroups() {
        List<Notification> all = fill(1);

        assertThat(notifications(inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.ALL)
                        .all()))
                .isEqualTo(all);
        assertThat(inbox.count(inbox.version(ADA, Scope.ALL), ALL)).isEqualTo(1);
        assertThat(inbox.list(BOB, ALL, Order.NEWEST_FIRST, PageRequest.ALL).first())
                .isEmpty();
        assertThat(inbox.count(inbox.version(BOB, Scope.ALL), ALL)).isZero();
    }

    @Test
    void aPageIsAPartOfTheInbox() {
        List<Notification> all = fill(50);

        Listing second = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.of(20, 2));
        Listing third = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.of(20, 3));
        Listing fourth = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.of(20, 4));

        assertThat(second.isComplete()).isTrue();
        assertThat(notifications(second.first().stream())).isEqualTo(all.subList(20, 40));
        assertThat(notifications(third.all())).isEqualTo(all.subList(40, 50));
        assertThat(fourth.first()).isEmpty();
    }

    @Test
    void aLongListIsReadPageByPage() {
        List<Notification> all = fill(2 * Inbox.MAX_HELD + 7);

        Listing whole = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.ALL);

        assertThat(whole.isComplete()).isFalse();
        assertThat(whole.first()).hasSize(Inbox.MAX_HELD);
        assertThat(notifications(whole.all())).isEqualTo(all);
    }

    @Test
    void aListCanEndExactlyWithAPage() {
        List<Notification> all = fill(2 * Inbox.MAX_HELD);

        assertThat(notifications(inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.ALL)
                        .all()))
                .isEqualTo(all);
    }

    @Test
    void aLargePageHasItsRequestedSize() {
        List<Notification> all = fill(3 * Inbox.MAX_HELD);

        Listing large = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.of(Inbox.MAX_HELD + 1, 2));
        Listing exact = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.of(Inbox.MAX_HELD, 1));

        assertThat(notifications(large.all())).isEqualTo(all.subList(Inbox.MAX_HELD + 1, 2 * Inbox.MAX_HELD + 2));
        assertThat(exact.isComplete()).isTrue();
    }

    @Test
    void onlyNotificationsOfTheInboxCanBeMarked() {
        Notification notification = fill(1).getFirst();

        assertThat(inbox.mark(BOB, notification.id().value(), true)).isFalse();
        assertThat(inbox.mark(ADA, notification.id().value(), true)).isTrue();
        assertThat(inbox.count(inbox.version(ADA, Scope.ALL), new Filter(Scope.ALL, null, null, true)))
                .isEqualTo(1);
    }

    @Test
    void whoHasMutedNothingHasNoMutedNotifications() {
        fill(3);
        for (boolean muted : new boolean[] {true, false}) {
            Filter filter = ALL.withMuted(muted);

            Listing listing = inbox.list(ADA, filter, Order.NEWEST_FIRST, PageRequest.ALL);

            assertThat(listing.first()).hasSize(muted ? 0 : 3);
            assertThat(listing.muteList().isEmpty()).isTrue();
            assertThat(listing.version()).isEqualTo(inbox.version(ADA, Scope.ALL));
            assertThat(inbox.count(listing.version(), filter)).isEqualTo(muted ? 0 : 3);
        }
    }

    @Test
    void aListTellsWhatItsReaderHasMuted() {
        fill(3);
        InboxVersion before = inbox.version(ADA, Scope.ALL);
        MuteList muteList = MuteList.of(Set.of("topic"), Set.of());
        new Muting(store, event -> {}).replace(ADA, muteList);

        assertThat(inbox.version(ADA, Scope.ALL).isSameAs(before)).isFalse();
        Listing listing = inbox.list(ADA, ALL, Order.NEWEST_FIRST, PageRequest.ALL);
        assertThat(listing.first()).hasSize(3);
        assertThat(listing.muteList()).isEqualTo(muteList);
        Filter unread = new Filter(Scope.ALL, null, null, false);
        assertThat(inbox.count(listing.version(), unread)).isEqualTo(3);
        assertThat(inbox.count(listing.version(), unread.withMuted(false))).isZero();
        assertThat(inbox.list(BOB, ALL, Order.NEWEST_FIRST, PageRequest.ALL)
                        .muteList()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void anIdOfAnotherUuidVersionIsNotFound() {
        fill(1);

        assertThat(inbox.mark(ADA, UUID.fromString("2daac6ff-3aaa-420d-b755-d94e54248310"), true))
                .isFalse();
        assertThat(inbox.mark(ADA, new UUID(0, 0), true)).isFalse();
    }

    @Test
    void pageNumbersBeginAtOne() {
        assertThat(PageRequest.of(20, 1)).isEqualTo(new PageRequest(0, 20));
        assertThat(PageRequest.of(Integer.MAX_VALUE, Integer.MAX_VALUE).offset())
                .isEqualTo((Integer.MAX_VALUE - 1L) * Integer.MAX_VALUE);
        assertThatThrownBy(() -> PageRequest.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PageRequest.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
