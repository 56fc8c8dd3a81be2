package dev.belfry.notifications.storage.contract;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.UserRef;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The port said in the plainest way, for tests, and as what others are compared with. */
public final class MemoryStore implements NotificationStore {

    private record Entry(Notification notification, Addressees addressees) {}

    private record Mark(UserRef user, NotificationId id) {}

    private final TreeMap<NotificationId, Entry> entries = new TreeMap<>();
    private final Set<Mark> marks = new HashSet<>();

    @Override
    public synchronized boolean save(Notification notification, Addressees addressees) {
        return entries.putIfAbsent(notification.id(), new Entry(notification, addressees)) == null;
    }

    @Override
    public synchronized List<Delivery> page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return found(recipient, filter)
                .sorted(comparator(order))
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Delivery> following(
            Recipient recipient, Filter filter, Order order, Notification last, int limit) {
        Comparator<Delivery> comparator = comparator(order);
        Delivery before = new Delivery(last, false);
        return found(recipient, filter)
                .filter(delivery -> comparator.compare(delivery, before) > 0)
                .sorted(comparator)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long count(Recipient recipient, Filter filter) {
        return found(recipient, filter).count();
    }

    @Override
    public synchronized boolean mark(Recipient recipient, NotificationId id, boolean read) {
        Entry entry = entries.get(id);
        if (entry == null || !reaches(entry, recipient)) {
            return false;
        }
        Mark mark = new Mark(recipient.user(), id);
        if (read) {
            marks.add(mark);
        } else {
            marks.remove(mark);
        }
        return true;
    }

    private Stream<Delivery> found(Recipient recipient, Filter filter) {
        return entries.values().stream()
                .filter(entry -> reaches(entry, recipient))
                .map(Entry::notification)
                .map(notification ->
                        new Delivery(notification, marks.contains(new Mark(recipient.user(), notification.id()))))
                .filter(delivery -> passes(delivery, filter));
    }

    private static boolean reaches(Entry entry, Recipient recipient) {
        return entry.notification().system()
                || entry.addressees().users().contains(recipient.user())
                || !Collections.disjoint(entry.addressees().groups(), recipient.groups());
    }

    private static boolean passes(Delivery delivery, Filter filter) {
        Notification notification = delivery.notification();
        boolean inScope = notification.system()
                ? filter.scope().includesSystem()
                : filter.scope().includesUser();
        return inScope
                && (filter.read() == null || filter.read() == delivery.read())
                && (filter.createdAfter() == null || notification.created().isAfter(filter.createdAfter()))
                && (filter.text() == null
                        || has(notification.content().title(), filter.text())
                        || has(notification.content().message(), filter.text()));
    }

    private static boolean has(@Nullable String text, String part) {
        return text != null && Folding.fold(text).contains(Folding.fold(part));
    }

    private static Comparator<Delivery> comparator(Order order) {
        Comparator<Delivery> ascending = Comparator.comparing(
                        (Delivery delivery) -> delivery.notification().text(order.field()),
                        Comparator.nullsLast(MemoryStore::byCodePoints))
                .thenComparing(delivery -> delivery.notification().id());
        return order.ascending() ? ascending : ascending.reversed();
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }
}
