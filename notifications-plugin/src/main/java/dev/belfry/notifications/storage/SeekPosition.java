package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where in an ordered list a notification stands, whether or not it is still there.
 *
 * @param text the text that the list is ordered by; null when it is ordered by time, or when the notification has no such text
 * @since 0.1
 */
public record SeekPosition(NotificationId id, @Nullable String text) {}
