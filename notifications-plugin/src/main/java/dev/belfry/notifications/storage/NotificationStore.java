package dev.belfry.notifications.storage;

import java.util.List;

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
     * Keeps a notification. Once this has returned true it is stored for good, and every later call on any host sees it.
     *
     * @return false when the place of its id is taken: nothing was stored, and another id may be tried
     */
    boolean save(Notification notification, Addressees addressees);

    /**
     * A part of what reaches the recipient and passes the filter, each notification once.
     *
     * @param offset how many to skip, at least 0
     * @param limit how many at most, at least 1
     */
    List<Delivery> page(Recipient recipient, Filter filter, Order order, long offset, int limit);

    /**
     * As {@link #page}, beginning behind a notification that an earlier call returned. What it costs does not grow with how
     * many lie before it.
     */
    List<Delivery> following(Recipient recipient, Filter filter, Order order, Notification last, int limit);

    /** How many there are in all that reach the recipient and pass the filter: exact, as of now. */
    long count(Recipient recipient, Filter filter);

    /**
     * Marks a notification as read or unread for the recipient alone. Marking twice, also at the same moment, is the same as
     * once.
     *
     * @return false when there is no such notification, or it does not reach the recipient: nothing was stored
     */
    boolean mark(Recipient recipient, NotificationId id, boolean read);
}
