package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.UserRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What users do with their inboxes. */
public final class Inbox {

    /** The most that is read, and held, at once; fewer where they are large. */
    public static final int MAX_AT_ONCE = 200;

    private final NotificationStore store;
    private final Memberships memberships;

    public Inbox(NotificationStore store, Memberships memberships) {
        this.store = store;
        this.memberships = memberships;
    }

    /** The notifications of a page. The first {@value #MAX_AT_ONCE} are read before this returns. */
    public Listing list(UserRef user, Filter filter, Order order, PageRequest page) {
        Recipient recipient = recipient(user);
        int atOnce = (int) Math.min(page.size(), MAX_AT_ONCE);
        InboxPage first = store.page(recipient, filter, order, page.offset(), atOnce);
        return listing(recipient, filter, order, first, page.size());
    }

    /** As {@link #list(UserRef, Filter, Order, PageRequest)}, of what comes behind a place. */
    public Listing list(UserRef user, Filter filter, Order order, SeekPosition after, long size) {
        Recipient recipient = recipient(user);
        int atOnce = (int) Math.min(size, MAX_AT_ONCE);
        return listing(recipient, filter, order, store.following(recipient, filter, order, after, atOnce), size);
    }

    private Listing listing(Recipient recipient, Filter filter, Order order, InboxPage begin, long size) {
        InboxVersion version = new InboxVersion(recipient, begin.counts());
        List<InboxItem> first = begin.items();
        boolean isAll = size <= MAX_AT_ONCE || (begin.rest() == null && first.size() < MAX_AT_ONCE);
        if (first.isEmpty() || (isAll && begin.rest() == null)) {
            return Listing.complete(version, first);
        }
        SeekPosition last = SeekPosition.of(first.getLast().notification(), order);
        Stream<InboxItem> rest = store.all(recipient, filter, order, last);
        InboxPage.Rest next = isAll ? begin.rest() : null;
        return Listing.begun(
                version, first, next, Stream.concat(first.stream(), rest).limit(size));
    }

    /** One of the notifications. */
    public Optional<InboxItem> find(UserRef user, NotificationId id) {
        return store.find(recipient(user), id);
    }

    /** What there is, without reading it. */
    public InboxVersion version(UserRef user, Scope scope) {
        Recipient recipient = recipient(user);
        return new InboxVersion(recipient, store.counts(recipient, scope));
    }

    /** How many notifications pass the filter. */
    public long count(UserRef user, Filter filter) {
        return store.count(recipient(user), filter);
    }

    /**
     * Marks as read what was created until then.
     *
     * @return how many were unread
     */
    public long markAllRead(UserRef user, Scope scope, Instant until) {
        return store.markAllRead(recipient(user), scope, until);
    }

    /**
     * Marks as read whatever is there now: not what was created until now, for the clock may have stepped back since, or that
     * of another host go before this one's.
     *
     * @return how many were unread
     */
    public long markAllRead(UserRef user, Scope scope) {
        return store.newest()
                .map(newest -> markAllRead(user, scope, newest.created()))
                .orElse(0L);
    }

    /**
     * Marks a notification for the user alone.
     *
     * @return false when there is none of this id, or it is not addressed to the user
     */
    public boolean mark(UserRef user, UUID id, boolean read) {
        return NotificationId.isValid(id) && store.mark(recipient(user), new NotificationId(id), read);
    }

    private Recipient recipient(UserRef user) {
        return new Recipient(user, memberships.groupsOf(user));
    }
}
