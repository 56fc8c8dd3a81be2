package dev.belfry.notifications.storage.contract;

import static dev.belfry.notifications.storage.contract.Samples.NOON;
import static dev.belfry.notifications.storage.contract.Samples.id;
import static dev.belfry.notifications.storage.contract.Samples.recipient;
import static dev.belfry.notifications.storage.contract.Samples.system;
import static dev.belfry.notifications.storage.contract.Samples.titled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every test gets an empty store. */
interface StoreFixture {

    Filter ALL = Filter.of(Scope.ALL);

    /** A page that holds all. */
    int MANY = 1000;

    Recipient ADA = recipient("ada", "ringers", "board");

    Recipient BOB = recipient("bob", "ringers");

    Recipient EVE = recipient("eve");

    /** The store of this test; the same on each call. */
    NotificationStore store();

    /** Runs the background work of the store; called between the steps of long tests. */
    default void upkeep() {}

    default Notification saved(int place, Addressees addressees) {
        Notification notification = notification(id(NOON.plusMillis(place), 0), "n" + place, addressees);
        assertThat(store().save(notification, addressees)).isTrue();
        return notification;
    }

    static Notification notification(NotificationId id, String title, Addressees addressees) {
        return addressees.isEveryone() ? system(id, title) : titled(id, title);
    }

    default List<InboxItem> list(Recipient recipient, Filter filter) {
        return store().page(recipient, filter, Order.NEWEST_FIRST, 0, MANY).items();
    }

    default List<Notification> listed(Recipient recipient, Scope scope) {
        return list(recipient, Filter.of(scope)).stream()
                .map(InboxItem::notification)
                .toList();
    }

    default void assertCounts(Recipient recipient, Scope scope, long unread, long read) {
        assertThat(store().count(recipient, Filter.of(scope))).isEqualTo(unread + read);
        assertThat(store().count(recipient, new Filter(scope, null, null, false)))
                .isEqualTo(unread);
        assertThat(store().count(recipient, new Filter(scope, null, null, true)))
                .isEqualTo(read);
    }

    default NotificationId saved(int place, String origin, @Nullable String topic, Addressees addressees) {
        Content content = new Content(origin, "a word " + place, null, topic, List.of());
        Notification notification = new Notification(id(NOON.plusMillis(place), 0), content, addressees.isEveryone());
        store().save(notification, addressees);
        return notification.id();
    }

    default List<NotificationId> ids(Filter filter, Order order) {
        List<NotificationId> ids = store().page(ADA, filter, order, 0, MANY).items().stream()
                .map(item -> item.notification().id())
                .toList();
        assertThat(store().count(ADA, filter)).isEqualTo(ids.size());
        assertThat(store().page(ADA, filter, order, 0, 1).items()).hasSize(Math.min(1, ids.size()));
        return ids;
    }
}
