package dev.belfry.notifications.storage.contract;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.IdempotencyKey;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.RestoreOutcome;
import dev.belfry.notifications.storage.RetentionCutoff;
import dev.belfry.notifications.storage.SaveOutcome;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

/** The simplest implementation of the port, for tests, and as the reference for other implementations. */
public final class MemoryStore implements NotificationStore {

    private record Entry(Notification notification, Addressees addressees) {}

    private record Mark(EntityRef user, NotificationId id) {}

    private final TreeMap<NotificationId, Entry> entries = new TreeMap<>();
    private final Set<Mark> marks = new HashSet<>();
    private final Map<List<String>, IdempotencyKey> keys = new HashMap<>();
    private final List<InboxChange> log = new ArrayList<>();
    private final Map<EntityRef, MuteList> muteLists = new HashMap<>();
    private long changes;

    @Override
    public synchronized SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key) {
        if (key != null) {
            IdempotencyKey earlier = keys.get(keyOf(key));
            if (earlier != null && earlier.created().isAfter(key.expiredUntil())) {
                return earlier.fingerprint().equals(key.fingerprint())
                        ? new SaveOutcome.Repeated(earlier.response())
                        : new SaveOutcome.KeyReused();
            }
        }
        Map<NotificationId, Entry> added = new HashMap<>();
        for (AddressedNotification addressed : notifications) {
            Notification notification = addressed.notification();
            if (entries.containsKey(notification.id())
                    || added.put(notification.id(), new Entry(notification, addressed.addressees())) != null) {
                return new SaveOutcome.IdConflict();
            }
        }
        entries.putAll(added);
        if (key != null) {
            keys.put(keyOf(key), key);
        }
        changes++;
        notifications.forEach(addressed -> log.add(new InboxChange.Created(changes, addressed, true)));
        return new SaveOutcome.Stored();
    }

    private static List<String> keyOf(IdempotencyKey key) {
        return List.of(key.caller(), key.key());
    }

    @Override
    public synchronized void deleteIdempotencyKeys(Instant until) {
        keys.values().removeIf(key -> !key.created().isAfter(until));
    }

    @Override
    public synchronized InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return excerpt(
                recipient,
                filter,
                found(recipient, filter).sorted(comparator(order)).skip(offset).limit(limit));
    }

    @Override
    public synchronized InboxPage following(
            Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        Comparator<SeekPosition> places = places(order);
        return excerpt(
                recipient,
                filter,
                found(recipient, filter)
                        .filter(item -> places.compare(SeekPosition.of(item.notification(), order), last) > 0)
                        .sorted(comparator(order))
                        .limit(limit));
    }

    @Override
    public synchronized Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last) {
        return following(recipient, filter, order, last, Integer.MAX_VALUE).items().stream();
    }

    private InboxPage excerpt(Recipient recipient, Filter filter, Stream<InboxItem> items) {
        return new InboxPage(items.toList(), counts(recipient, filter.scope()));
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
            log.add(new InboxChange.Marked(changes, changes, recipient.user(), List.of(id), read));
        }
        return true;
    }

    @Override
    public synchronized Optional<InboxItem> find(Recipient recipient, NotificationId id) {
        return found(recipient, Filter.of(Scope.ALL))
                .filter(item -> item.notification().id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized InboxCounts counts(Recipient recipient, Scope scope) {
        List<InboxItem> all = found(recipient, Filter.of(scope)).toList();
        return new InboxCounts(
                all.size(),
                all.stream().filter(InboxItem::read).count(),
                changes,
                muteLists.containsKey(recipient.user()));
    }

    @Override
    public synchronized List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope) {
        return recipients.stream().map(recipient -> counts(recipient, scope)).toList();
    }

    @Override
    public synchronized Optional<NotificationId> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.lastKey());
    }

    @Override
    public synchronized long markAllRead(Recipient recipient, Scope scope, Instant until) {
        List<InboxItem> unread = found(recipient, new Filter(scope, null, null, false))
                .filter(item -> !item.notification().created().isAfter(until))
                .toList();
        unread.forEach(item -> mark(recipient, item.notification().id(), true));
        return unread.size();
    }

    @Override
    public synchronized long purge(RetentionCutoff cutoff) {
        List<NotificationId> expired = entries.values().stream()
                .map(Entry::notification)
                .filter(notification -> cutoff.isExpired(
                        notification.created(), notification.content().topic()))
                .map(Notification::id)
                .toList();
        expired.forEach(entries::remove);
        marks.removeIf(mark -> expired.contains(mark.id()));
        changes += expired.size();
        return expired.size();
    }

    @Override
    public synchronized Map<EntityRef, MuteList> muteLists(Collection<EntityRef> users) {
        Map<EntityRef, MuteList> found = new HashMap<>(muteLists);
        found.keySet().retainAll(Set.copyOf(users));
        return found;
    }

    @Override
    public synchronized void replaceMuteList(EntityRef user, MuteList list) {
        if (muteList(user).equals(list)) {
            return;
        }
        if (list.isEmpty()) {
            muteLists.remove(user);
        } else {
            muteLists.put(user, list);
        }
        changes++;
        log.add(new InboxChange.MuteListReplaced(changes, changes, user));
    }

    @Override
    public synchronized List<ArchivedNotification> archived(@Nullable NotificationId after, int limit) {
        return (after == null ? entries : entries.tailMap(after, false))
                .values().stream()
                        .limit(limit)
                        .map(entry -> new ArchivedNotification(
                                new AddressedNotification(entry.notification(), entry.addressees()),
                                readers(entry.notification().id()),
                                false))
                        .toList();
    }

    private List<EntityRef> readers(NotificationId id) {
        return marks.stream()
                .filter(mark -> mark.id().equals(id))
                .map(Mark::user)
                .sorted(Comparator.comparing(EntityRef::qualifiedName))
                .toList();
    }

    @Override
    public synchronized List<EntityRef> readers(NotificationId id, EntityRef after) {
        return readers(id).stream()
                .filter(reader -> reader.qualifiedName().compareTo(after.qualifiedName()) > 0)
                .limit(MAX_READERS)
                .toList();
    }

    @Override
    public synchronized List<RestoreOutcome> restore(List<ArchivedNotification> notifications) {
        return notifications.stream().map(this::restore).toList();
    }

    private RestoreOutcome restore(ArchivedNotification notification) {
        Entry entry = new Entry(
                notification.addressed().notification(),
                notification.addressed().addressees());
        Entry stored = entries.putIfAbsent(notification.id(), entry);
        if (stored != null && !stored.equals(entry)) {
            return RestoreOutcome.CONFLICT;
        }
        if (stored == null) {
            changes++;
            log.add(new InboxChange.Created(changes, notification.addressed(), true));
        }
        markAll(notification.id(), notification.readers());
        return stored == null ? RestoreOutcome.STORED : RestoreOutcome.PRESENT;
    }

    @Override
    public synchronized RestoreOutcome restoreReaders(NotificationId id, List<EntityRef> readers) {
        Entry entry = entries.get(id);
        if (entry == null) {
            return RestoreOutcome.MISSING;
        }
        if (!readers.stream().allMatch(entry.addressees()::canInclude)) {
            return RestoreOutcome.NOT_ADDRESSED;
        }
        markAll(id, readers);
        return RestoreOutcome.PRESENT;
    }

    private void markAll(NotificationId id, List<EntityRef> readers) {
        for (EntityRef reader : readers) {
            if (marks.add(new Mark(reader, id))) {
                changes++;
                log.add(new InboxChange.Marked(changes, changes, reader, List.of(id), true));
            }
        }
    }

    private record Moment(long number) implements ChangeCursor {
        @Override
        public String text() {
            return "memory-" + number;
        }

        @Override
        public boolean includes(long change) {
            return change <= number;
        }
    }

    @Override
    public synchronized ChangeCursor present() {
        return new Moment(changes);
    }

    @Override
    public Optional<ChangeCursor> parse(String text) {
        return text.matches("memory-[0-9]{1,18}")
                ? Optional.of(new Moment(Long.parseLong(text.substring("memory-".length()))))
                : Optional.empty();
    }

    @Override
    public synchronized ChangeBatch since(ChangeCursor cursor, boolean resumed) {
        if (((Moment) cursor).number() > changes) {
            return ChangeBatch.unknown(present());
        }
        return new ChangeBatch(
                present(),
                true,
                log.stream().filter(change -> !cursor.includes(change.change())).toList(),
                false);
    }

    /** The tests of this store end before a change is old. */
    @Override
    public void announce() {}

    @Override
    public void onAnnouncement(Runnable listener) {}

    @Override
    public void deleteOldChanges() {}

    private Stream<InboxItem> found(Recipient recipient, Filter filter) {
        return entries.values().stream()
                .filter(entry -> reaches(entry, recipient))
                .map(Entry::notification)
                .map(notification ->
                        new InboxItem(notification, marks.contains(new Mark(recipient.user(), notification.id()))))
                .filter(item -> passes(item, filter))
                .filter(item -> filter.muted() == null
                        || filter.muted()
                                == muteList(recipient.user())
                                        .includes(item.notification().content()));
    }

    private static boolean reaches(Entry entry, Recipient recipient) {
        return entry.notification().system()
                || entry.addressees().users().contains(recipient.user())
                || !Collections.disjoint(entry.addressees().groups(), recipient.groups());
    }

    private static boolean passes(InboxItem item, Filter filter) {
        Notification notification = item.notification();
        boolean inScope = notification.system()
                ? filter.scope().includesSystem()
                : filter.scope().includesUser();
        return inScope
                && (filter.read() == null || filter.read() == item.read())
                && (filter.createdAfter() == null || notification.created().isAfter(filter.createdAfter()))
                && (filter.topic() == null
                        || filter.topic().equals(notification.content().topic()))
                && (filter.origin() == null
                        || filter.origin().equals(notification.content().origin()))
                && (filter.text() == null
                        || has(notification.content().title(), filter.text())
                        || has(notification.content().message(), filter.text()));
    }

    private static boolean has(@Nullable String text, String part) {
        return text != null && Folding.fold(text).contains(Folding.fold(part));
    }

    private static Comparator<InboxItem> comparator(Order order) {
        return Comparator.comparing(item -> SeekPosition.of(item.notification(), order), places(order));
    }

    private static Comparator<SeekPosition> places(Order order) {
        Comparator<SeekPosition> ascending = Comparator.comparing(
                        SeekPosition::text, Comparator.nullsLast(MemoryStore::byCodePoints))
                .thenComparing(SeekPosition::id);
        return order.ascending() ? ascending : ascending.reversed();
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }
}
