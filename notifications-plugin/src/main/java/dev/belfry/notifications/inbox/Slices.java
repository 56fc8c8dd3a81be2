package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import java.util.List;
import java.util.stream.Stream;

/** Reads a long list slice by slice: between two slices no connection is held, however slowly a client reads. */
record Slices(NotificationStore store, Recipient recipient, Filter filter, Order order) {

    /** What {@code first} begins, to its end. */
    Stream<Delivery> from(List<Delivery> first) {
        return Stream.iterate(first, slice -> !slice.isEmpty(), this::next).flatMap(List::stream);
    }

    private List<Delivery> next(List<Delivery> slice) {
        if (slice.size() < Inbox.MAX_AT_ONCE) {
            return List.of();
        }
        Place last = order.placeOf(slice.getLast().notification());
        return store.following(recipient, filter, order, last, Inbox.MAX_AT_ONCE)
                .deliveries();
    }
}
