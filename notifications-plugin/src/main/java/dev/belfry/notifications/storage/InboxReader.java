package dev.belfry.notifications.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Port: reads inboxes.
 *
 * <p>Whom a notification reaches is evaluated when it is read, by the groups of the {@link Recipient} at that time. All methods are
 * thread-safe.
 *
 * @since 0.2
 */
public interface InboxReader {

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
     */
    Stream<InboxItem> all(Recipient recipient, Filter filter, Order order, SeekPosition last);

    /** The notification, if it reaches the recipient. */
    Optional<InboxItem> find(Recipient recipient, NotificationId id);

    /** The exact number of notifications that reach the recipient and pass the filter now. */
    long count(Recipient recipient, Filter filter);

    /**
     * As {@link #count(Recipient, Filter)}, as of the known counts or later. Spares a store that keeps counts by revision from reading
     * them again.
     *
     * @param known the counts of the filter's scope, read for the same request
     */
    default long count(Recipient recipient, Filter filter, InboxCounts known) {
        return count(recipient, filter);
    }

    /** The exact counts of an inbox now. The cost does not grow with the inbox. */
    InboxCounts counts(Recipient recipient, Scope scope);

    /** The {@link #counts} of several inboxes, in the order of the recipients. Costs much less than single calls. */
    List<InboxCounts> bulkCounts(List<Recipient> recipients, Scope scope);

    /** The unread notifications of several inboxes that are not muted, in the order of the recipients. */
    default List<UnreadCounts> bulkUnread(List<Recipient> recipients) {
        List<InboxCounts> personal = bulkCounts(recipients, Scope.USER);
        List<InboxCounts> system = bulkCounts(recipients, Scope.SYSTEM);
        return IntStream.range(0, recipients.size())
                .mapToObj(i -> new UnreadCounts(
                        unmuted(recipients.get(i), Scope.USER, personal.get(i)),
                        unmuted(recipients.get(i), Scope.SYSTEM, system.get(i))))
                .toList();
    }

    private long unmuted(Recipient recipient, Scope scope, InboxCounts counts) {
        return counts.muting()
                ? count(recipient, new Filter(scope, null, null, false).withMuted(false))
                : counts.unread();
    }

    /** The greatest id of all stored notifications. */
    Optional<NotificationId> newest();
}
