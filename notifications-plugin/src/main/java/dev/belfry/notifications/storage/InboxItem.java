package dev.belfry.notifications.storage;

/**
 * A notification as it reached a recipient.
 *
 * @param read whether the recipient has marked it as read
 * @since 0.1
 */
public record InboxItem(Notification notification, boolean read) {}
