package dev.belfry.notifications.jooq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.change.ChangeSql;
import dev.belfry.notifications.jooq.counts.BulkCounts;
import dev.belfry.notifications.jooq.counts.CounterQueries;
import dev.belfry.notifications.jooq.query.InboxQueries;
import dev.belfry.notifications.jooq.query.UnreadPositions;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ChangeBatch;
import dev.belfry.notifications.storage.ChangeCursor;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The unread notifications that are not muted. For recipients who have muted nothing, the counters tell them. For others, the
 * positions of the unread notifications are read once, and then follow the recorded changes (docs/decisions/0040).
 */
final class UnmutedCounts {

    /** Positions in memory, of 8 bytes each. */
    private static final long MAX_POSITIONS = 2_000_000;

    /** Memory of an inbox without positions, as a number of positions. */
    private static final int ENTRY = 50;

    /** A batch of changes takes about as long as reading this number of positions. */
    private static final int POSITIONS_PER_BATCH = 1000;

    /** Tries to count without a change in between. */
    private static final int MAX_TRIES = 3;

    private record Key(EntityRef user, Scope scope) {}

    /**
     * @param cursor a moment before the positions were read: changes can be applied twice
     * @param revision of which these are the unread notifications
     * @param muteList null if it has not been needed since it was replaced
     */
    private record Counted(
            Recipient recipient,
            ChangeCursor cursor,
            UnreadPositions unread,
            long revision,
            @Nullable MuteList muteList) {

        Counted at(long otherRevision) {
            return new Counted(recipient, cursor, unread, otherRevision, muteList);
        }
    }

    private final InboxQueries queries;
    private final CounterQueries counters;
    private final ChangeSql changes;
    private final MuteTable mutes;
    private final Cache<Key, Counted> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_POSITIONS)
            .weigher((Key _, Counted counted) -> ENTRY + counted.unread().size())
            // The default executor is shared by the JVM and would outlive the plugin.
            .executor(Runnable::run)
            .build();

    UnmutedCounts(InboxQueries queries, CounterQueries counters, ChangeSql changes, MuteTable mutes) {
        this.queries = queries;
        this.counters = counters;
        this.changes = changes;
        this.mutes = mutes;
    }

    List<UnreadCounts> unread(List<Recipient> recipients, List<BulkCounts.ByScope> counts) {
        List<UnreadCounts> unread = new ArrayList<>(recipients.size());
        for (int i = 0; i < recipients.size(); i++) {
            Recipient recipient = recipients.get(i);
            unread.add(new UnreadCounts(
                    unread(recipient, Scope.USER, counts.get(i).personal()),
                    unread(recipient, Scope.SYSTEM, counts.get(i).system())));
        }
        return unread;
    }

    /** @param counts read just before: a later change is then counted again, because it has another revision */
    long unread(Recipient recipient, Scope scope, InboxCounts counts) {
        if (!counts.muting() || counts.unread() == 0) {
            return counts.unread();
        }
        Key key = new Key(recipient.user(), scope);
        Optional<Counted> last = Optional.ofNullable(cache.getIfPresent(key))
                .filter(known -> known.recipient().equals(recipient));
        Optional<Counted> now = last.filter(known -> known.revision() == counts.revision());
        if (now.isEmpty()) {
            now = count(recipient, scope, counts, last);
            now.ifPresent(counted -> cache.put(key, counted));
        }
        return now.map(counted -> (long) counted.unread().unmuted())
                // This statement needs no counts, but reads notifications that are read, too.
                .orElseGet(() -> queries.count(recipient, new Filter(scope, null, null, false).withMuted(false)));
    }

    /** @return empty if the inbox changes all the time */
    private Optional<Counted> count(Recipient recipient, Scope scope, InboxCounts known, Optional<Counted> last) {
        InboxCounts before = known;
        Optional<Counted> followed = last;
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            followed = followed.flatMap(counted -> follow(counted, scope));
            Counted counted = followed.isPresent() ? followed.get() : read(recipient, scope, before);
            InboxCounts after = counters.counts(recipient, scope);
            if (after.revision() == before.revision()) {
                // A purge is not recorded. After one, there are more positions here than unread notifications.
                if (followed.isEmpty() || counted.unread().size() == after.unread()) {
                    return Optional.of(counted.at(after.revision()));
                }
                followed = Optional.empty();
            }
            before = after;
        }
        return Optional.empty();
    }

    private Counted read(Recipient recipient, Scope scope, InboxCounts counts) {
        ChangeCursor cursor = changes.present();
        UnreadPositions unread = queries.unread(recipient, scope, counts.unread());
        return new Counted(recipient, cursor, unread, counts.revision(), null);
    }

    /** Applies the changes since. Empty if they are not known, or if to read all positions is faster. */
    private Optional<Counted> follow(Counted last, Scope scope) {
        Optional<Counted> now = Optional.of(last);
        for (int batches = 0; batches <= last.unread().size() / POSITIONS_PER_BATCH; batches++) {
            ChangeBatch batch = changes.since(now.get().cursor(), true);
            now = batch.known() ? apply(batch, now.get(), scope) : Optional.empty();
            if (now.isEmpty() || !batch.more()) {
                return now;
            }
        }
        return Optional.empty();
    }

    private Optional<Counted> apply(ChangeBatch batch, Counted last, Scope scope) {
        EntityRef user = last.recipient().user();
        UnreadPositions unread = last.unread();
        MuteList muteList = last.muteList();
        for (InboxChange change : batch.changes()) {
            switch (change) {
                case InboxChange.Created created
                when reaches(created, last.recipient(), scope) -> {
                    if (muteList == null) {
                        muteList = mutes.read(List.of(user)).getOrDefault(user, MuteList.NONE);
                    }
                    Notification notification = created.addressed().notification();
                    unread = unread.with(SortKeys.of(notification.id()), muteList.includes(notification.content()));
                }
                case InboxChange.MuteListReplaced replaced
                when replaced.user().equals(user) -> {
                    return Optional.empty();
                }
                case InboxChange.Marked marked
                when marked.user().equals(user) -> {
                    Optional<UnreadPositions> after = apply(marked, unread);
                    if (after.isEmpty()) {
                        return Optional.empty();
                    }
                    unread = after.get();
                }
                default -> {}
            }
        }
        return Optional.of(new Counted(last.recipient(), batch.cursor(), unread, last.revision(), muteList));
    }

    private static Optional<UnreadPositions> apply(InboxChange.Marked marked, UnreadPositions before) {
        UnreadPositions unread = before;
        for (NotificationId id : marked.ids()) {
            long position = SortKeys.of(id);
            if (marked.read()) {
                unread = unread.without(position);
            } else if (!unread.contains(position)) {
                // Whether it is muted is not recorded.
                return Optional.empty();
            }
        }
        return marked.ids().isEmpty() ? Optional.empty() : Optional.of(unread);
    }

    private static boolean reaches(InboxChange.Created created, Recipient recipient, Scope scope) {
        Addressees addressees = created.addressed().addressees();
        if (addressees.isEveryone()) {
            return scope.includesSystem();
        }
        return scope.includesUser()
                && (addressees.users().contains(recipient.user())
                        || !Collections.disjoint(addressees.groups(), recipient.groups()));
    }
}
