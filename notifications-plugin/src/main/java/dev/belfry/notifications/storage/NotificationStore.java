package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Port: keeps notifications, and who has read which.
 *
 * <p>Whom a notification reaches is decided when it is read, by the groups that the {@link Recipient} is in then. Addressing
 * and reading are apart: a mark never makes a notification visible. Every method may be called by many threads at once.
 *
 * @since 0.1
 */
public interface NotificationStore {

    /**
     * Keeps notifications: all of them or none. Once this has returned {@link SaveOutcome.Stored} they are stored for good, and
     * every later call on any host sees them.
     *
     * @param key null when the sender gave no key. Of several calls with equal keys one stores, whatever host they reach;
     *     the others learn what it answered
     */
    SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key);

    /**
     * Keeps a notification.
     *
     * @return false when the place of its id is taken: nothing was stored, and another id may be tried
     */
    default boolean save(Notification notification, Addressees addressees) {
        return save(List.of(new AddressedNotification(notification, addressees)), null) instanceof SaveOutcome.Stored;
    }

    /** Drops what was claimed until then. */
    void deleteIdempotencyKeys(Instant until);

    /**
     * A part of what reaches the recipient and passes the filter, each notification once.
     *
     * @param offset how many to skip, at least 0
     * @param limit how many at most, at least 1
     */
    InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit);

    /**
     * As {@link #page}, beginning behind a place, whether or not a notification is there. What it costs does not grow with how
     * many lie before it.
     */
    InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit);

    /**
     * All that follows a place, to be consumed once. It is read as it is asked for, in parts that are small enough to be held; in
     * between no connection is. What comes and goes meanwhile may or may not be in it.
     *
     * @since 0.2
     */
    Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last);

    /** One of what reaches the recipient. */
    Optional<InboxItem> find(Recipient recipient, NotificationId id);

    /** How many there are in all that reach the recipient and pass the filter: exact, as of now. */
    long count(Recipient recipient, Filter filter);

    /** What the inbox amounts to: exact, as of now, and found without reading it. */
    InboxCounts counts(Recipient recipient, Scope scope);

    /**
     * What several inboxes amount to, in the order of the recipients: of each what {@link #counts} says. Many together cost much
     * less than one by one.
     */
    List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope);

    /** The id that sorts last of all that are stored, whomever they reach. */
    Optional<NotificationId> newest();

    /**
     * Marks a notification as read or unread for the recipient alone. Marking twice, also at the same moment, is the same as
     * once.
     *
     * @return false when there is no such notification, or it does not reach the recipient: nothing was stored
     */
    boolean mark(Recipient recipient, NotificationId id, boolean read);

    /**
     * Marks as read what reaches the recipient and was created until then, in steps between which others may write. What it has
     * marked stays marked if it fails on the way.
     *
     * @return how many were unread
     */
    long markAllRead(Recipient recipient, Scope scope, Instant until);

    /**
     * Removes for good what has had its time, in steps between which others may write. Where another host is doing it, this
     * one leaves it at that. What somebody is just marking is left for the next call.
     *
     * @return how many were removed by this call
     */
    long purge(RetentionCutoff cutoff);
}
