package dev.belfry.notifications.storage;

/**
 * A notification in a recipient's inbox.
 *
 * @param read true if the recipient has marked it as read
 * @since 0.1
 */
public record InboxItem(Notification notification, boolean read) {}
