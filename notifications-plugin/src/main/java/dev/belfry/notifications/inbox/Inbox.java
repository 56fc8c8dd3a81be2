package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.InboxReader;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.MuteLists;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.ReadMarks;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The use cases of a user's inbox: list, count, mark. */
public final class Inbox {

    /** The maximum number of notifications that are held in memory for one list. */
    public static final int MAX_HELD = 200;

    private final InboxReader reader;
    private final ReadMarks marks;
    private final MuteLists muteLists;
    private final Memberships memberships;
    private final InboxListener listener;

    public Inbox(
            InboxReader reader, ReadMarks marks, MuteLists muteLists, Memberships memberships, InboxListener listener) {
        this.reader = reader;
        this.marks = marks;
        this.muteLists = muteLists;
        this.memberships = memberships;
        this.listener = listener;
    }

    /** Lists a page. The first {@value #MAX_HELD} notifications are read before this returns. */
    public Listing list(EntityRef user, Filter filter, Order order, PageRequest page) {
        Recipient recipient = recipient(user);
        Optional<Listing> nothing = nothing(recipient, filter);
        if (nothing.isPresent()) {
            return nothing.get();
        }
        int limit = (int) Math.min(page.size(), MAX_HELD);
        InboxPage first = reader.page(recipient, filter, order, page.offset(), limit);
        return listing(recipient, filter, order, first, page.size());
    }

    /** As {@link #list(EntityRef, Filter, Order, PageRequest)}, from a place in the list. */
    public Listing list(EntityRef user, Filter filter, Order order, SeekPosition after, long size) {
        Recipient recipient = recipient(user);
        Optional<Listing> nothing = nothing(recipient, filter);
        if (nothing.isPresent()) {
            return nothing.get();
        }
        int limit = (int) Math.min(size, MAX_HELD);
        return listing(recipient, filter, order, reader.following(recipient, filter, order, after, limit), size);
    }

    /** The empty list of muted notifications if nothing is muted. Otherwise the store would search the whole inbox. */
    private Optional<Listing> nothing(Recipient recipient, Filter filter) {
        if (!Boolean.TRUE.equals(filter.muted())) {
            return Optional.empty();
        }
        InboxVersion version = version(recipient, filter.scope());
        return version.excludesAll(filter)
                ? Optional.of(Listing.complete(version, MuteList.NONE, List.of()))
                : Optional.empty();
    }

    private Listing listing(Recipient recipient, Filter filter, Order order, InboxPage begin, long size) {
        InboxVersion version = new InboxVersion(recipient, begin.counts());
        MuteList muteList = begin.counts().muting() ? muteLists.muteList(recipient.user()) : MuteList.NONE;
        List<InboxItem> first = begin.items();
        boolean isAll = size <= MAX_HELD || (begin.rest() == null && first.size() < MAX_HELD);
        if (first.isEmpty() || (isAll && begin.rest() == null)) {
            return Listing.complete(version, muteList, first);
        }
        SeekPosition last = SeekPosition.of(first.getLast().notification(), order);
        Stream<InboxItem> rest = reader.all(recipient, filter, order, last);
        InboxPage.Rest next = isAll ? begin.rest() : null;
        return Listing.partial(
                version,
                muteList,
                first,
                next,
                Stream.concat(first.stream(), rest).limit(size));
    }

    /** The notification, if it reaches the user. */
    public Optional<InboxItem> find(EntityRef user, NotificationId id) {
        return reader.find(recipient(user), id);
    }

    /** The current version of the inbox. */
    public InboxVersion version(EntityRef user, Scope scope) {
        return version(recipient(user), scope);
    }

    private InboxVersion version(Recipient recipient, Scope scope) {
        return new InboxVersion(recipient, reader.counts(recipient, scope));
    }

    /**
     * The number of notifications that pass the filter, as of the version or later.
     *
     * @param version of the filter's scope
     */
    public long count(InboxVersion version, Filter filter) {
        if (version.knows(filter)) {
            return version.counts().count(filter.read());
        }
        return version.excludesAll(filter)
                ? 0
                : reader.count(version.recipient(), version.simplified(filter), version.counts());
    }

    /**
     * Marks the notifications created until then as read.
     *
     * @return how many were unread
     */
    public long markAllRead(EntityRef user, Scope scope, Instant until) {
        try {
            return marks.markAllRead(recipient(user), scope, until);
        } finally {
            // Also after a failure: finished transactions stay.
            listener.on(new InboxEvent.NotificationsRead(user));
        }
    }

    /**
     * Marks all stored notifications as read. It does not compare with the clock, which may be behind the newest notification
     * after a step back, or on another host.
     *
     * @return how many were unread
     */
    public long markAllRead(EntityRef user, Scope scope) {
        return reader.newest()
                .map(newest -> markAllRead(user, scope, newest.created()))
                .orElse(0L);
    }

    /**
     * Marks a notification for the user alone.
     *
     * @return false when it does not exist, or does not reach the user
     */
    public boolean mark(EntityRef user, UUID id, boolean read) {
        boolean isMarked = NotificationId.isValid(id) && marks.mark(recipient(user), new NotificationId(id), read);
        if (isMarked) {
            listener.on(new InboxEvent.NotificationsRead(user));
        }
        return isMarked;
    }

    private Recipient recipient(EntityRef user) {
        return new Recipient(user, memberships.groupsOf(user));
    }
}
