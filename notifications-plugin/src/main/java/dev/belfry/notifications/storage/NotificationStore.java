package dev.belfry.notifications.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Port: stores notifications and read marks.
 *
 * <p>Whom a notification reaches is evaluated when it is read, by the groups of the {@link Recipient} at that time. A read mark
 * never makes a notification visible. All methods are thread-safe.
 *
 * @since 0.1
 */
public interface NotificationStore {

    /**
     * Stores all of the notifications or none. After {@link SaveOutcome.Stored} they are durable, and every later call on any
     * host sees them.
     *
     * @param key null when the request has none. Of several calls with equal keys, on any host, one stores; the others get its
     *     response
     */
    SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key);

    /**
     * Stores a notification.
     *
     * @return false when the position of its id is in use: nothing was stored, and the caller can try another id
     */
    default boolean save(Notification notification, Addressees addressees) {
        return save(List.of(new AddressedNotification(notification, addressees)), null) instanceof SaveOutcome.Stored;
    }

    /** Deletes idempotency keys created until then. */
    void deleteIdempotencyKeys(Instant until);

    /**
     * A page of the notifications that reach the recipient and pass the filter, each once.
     *
     * @param offset number of notifications to skip, at least 0
     * @param limit maximum number of notifications, at least 1
     */
    InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit);

    /**
     * As {@link #page}, but continues after a place in the list. The cost does not grow with the number of notifications before
     * it.
     */
    InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit);

    /**
     * All notifications after a place in the list. The stream reads them on demand, page by page, and holds no connection in
     * between. Notifications that are created or deleted meanwhile may or may not be included.
     *
     * @since 0.2
     */
    Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last);

    /** The notification, if it reaches the recipient. */
    Optional<InboxItem> find(Recipient recipient, NotificationId id);

    /** The exact number of notifications that reach the recipient and pass the filter now. */
    long count(Recipient recipient, Filter filter);

    /** The exact counts of an inbox now. The cost does not grow with the inbox. */
    InboxCounts counts(Recipient recipient, Scope scope);

    /** The {@link #counts} of several inboxes, in the order of the recipients. Costs much less than single calls. */
    List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope);

    /** The greatest id of all stored notifications. */
    Optional<NotificationId> newest();

    /**
     * Marks a notification as read or unread for the recipient alone. Idempotent, also for concurrent calls.
     *
     * @return false when the notification does not exist or does not reach the recipient: nothing was stored
     */
    boolean mark(Recipient recipient, NotificationId id, boolean read);

    /**
     * Marks the notifications that reach the recipient and were created until then as read, in several transactions. If it
     * fails, those of the finished transactions stay marked.
     *
     * @return how many were unread
     */
    long markAllRead(Recipient recipient, Scope scope, Instant until);

    /**
     * Deletes expired notifications, in several transactions. Does nothing while another host does so. Notifications that
     * someone is marking are left for the next call.
     *
     * @return how many this call has deleted
     */
    long purge(RetentionCutoff cutoff);
}
