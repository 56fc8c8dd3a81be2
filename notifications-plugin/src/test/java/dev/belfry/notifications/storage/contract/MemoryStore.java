package dev.belfry.notifications.storage.contract;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Claim;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Excerpt;
import dev.belfry.notifications.storage.Expiry;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Mailing;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.Tally;
import dev.belfry.notifications.storage.UserRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<List<String>, Claim> claims = new HashMap<>();
    private long changes;

    @Override
    public synchronized SaveOutcome save(List<Mailing> mailings, @Nullable Claim claim) {
        if (claim != null) {
            Claim earlier = claims.get(keyOf(claim));
            if (earlier != null && earlier.made().isAfter(claim.expiry())) {
                return earlier.fingerprint().equals(claim.fingerprint())
                        ? new SaveOutcome.Repeated(earlier.answer())
                        : new SaveOutcome.KeyReused();
            }
        }
        Map<NotificationId, Entry> added = new HashMap<>();
        for (Mailing mailing : mailings) {
            Notification notification = mailing.notification();
            if (entries.containsKey(notification.id())
                    || added.put(notification.id(), new Entry(notification, mailing.addressees())) != null) {
                return new SaveOutcome.Taken();
            }
        }
        entries.putAll(added);
        if (claim != null) {
            claims.put(keyOf(claim), claim);
        }
        changes++;
        return new SaveOutcome.Stored();
    }

    private static List<String> keyOf(Claim claim) {
        return List.of(claim.caller(), claim.key());
    }

    @Override
    public synchronized void forgetClaims(Instant until) {
        claims.values().removeIf(claim -> !claim.made().isAfter(until));
    }

    @Override
    public synchronized Excerpt page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return excerpt(
                recipient,
                filter,
                found(recipient, filter).sorted(comparator(order)).skip(offset).limit(limit));
    }

    @Override
    public synchronized Excerpt following(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        Comparator<Place> places = places(order);
        return excerpt(
                recipient,
                filter,
                found(recipient, filter)
                        .filter(delivery -> places.compare(order.placeOf(delivery.notification()), last) > 0)
                        .sorted(comparator(order))
                        .limit(limit));
    }

    @Override
    public synchronized Stream<Delivery> all(Recipient recipient, Filter filter, Order order, Place last) {
        return following(recipient, filter, order, last, Integer.MAX_VALUE).deliveries().stream();
    }

    private Excerpt excerpt(Recipient recipient, Filter filter, Stream<Delivery> deliveries) {
        return new Excerpt(deliveries.toList(), tally(recipient, filter.scope()));
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
        if (read ? marks.add(mark) : marks.remove(mark)) {
            changes++;
        }
        return true;
    }

    @Override
    public synchronized Optional<Delivery> find(Recipient recipient, NotificationId id) {
        return found(recipient, Filter.of(Scope.ALL))
                .filter(delivery -> delivery.notification().id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized Tally tally(Recipient recipient, Scope scope) {
        List<Delivery> all = found(recipient, Filter.of(scope)).toList();
        return new Tally(all.size(), all.stream().filter(Delivery::read).count(), changes);
    }

    @Override
    public synchronized List<Tally> tallies(List<Recipient> recipients, Scope scope) {
        return recipients.stream().map(recipient -> tally(recipient, scope)).toList();
    }

    @Override
    public synchronized Optional<NotificationId> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.lastKey());
    }

    @Override
    public synchronized long markAllRead(Recipient recipient, Scope scope, Instant until) {
        List<Delivery> unread = found(recipient, new Filter(scope, null, null, false))
                .filter(delivery -> !delivery.notification().created().isAfter(until))
                .toList();
        unread.forEach(delivery -> mark(recipient, delivery.notification().id(), true));
        return unread.size();
    }

    @Override
    public synchronized long purge(Expiry expiry) {
        List<NotificationId> expired = entries.values().stream()
                .map(Entry::notification)
                .filter(notification -> expiry.covers(
                        notification.created(), notification.content().topic()))
                .map(Notification::id)
                .toList();
        expired.forEach(entries::remove);
        marks.removeIf(mark -> expired.contains(mark.id()));
        changes += expired.size();
        return expired.size();
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
        return Comparator.comparing(delivery -> order.placeOf(delivery.notification()), places(order));
    }

    private static Comparator<Place> places(Order order) {
        Comparator<Place> ascending = Comparator.comparing(Place::text, Comparator.nullsLast(MemoryStore::byCodePoints))
                .thenComparing(Place::id);
        return order.ascending() ? ascending : ascending.reversed();
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }
}
