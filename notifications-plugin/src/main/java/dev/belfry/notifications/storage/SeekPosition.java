package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * The place of a notification in an ordered list, from which a list can continue. The notification need not exist anymore.
 *
 * @param text the text that the list is ordered by; null when it is ordered by time, or the notification has no such text
 * @since 0.1
 */
public record SeekPosition(NotificationId id, @Nullable String text) {

    /** The place of the notification. */
    public static SeekPosition of(Notification notification, Order order) {
        return new SeekPosition(notification.id(), notification.text(order.field()));
    }
}
