package dev.belfry.notifications.storage;

import java.time.Instant;

/**
 * Port: stores read marks. A read mark never makes a notification visible. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface ReadMarks {

    /**
     * Marks a notification as read or unread for the recipient alone. Idempotent, also for concurrent calls.
     *
     * @return false when the notification does not exist or does not reach the recipient: nothing was stored
     */
    boolean mark(Recipient recipient, NotificationId id, boolean read);

    /**
     * Marks the notifications that reach the recipient and were created until then as read, in several transactions. If it
     * fails, the notifications of the finished transactions stay marked.
     *
     * @return how many were unread
     */
    long markAllRead(Recipient recipient, Scope scope, Instant until);
}
