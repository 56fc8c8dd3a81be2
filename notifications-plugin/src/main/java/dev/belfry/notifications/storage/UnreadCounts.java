package dev.belfry.notifications.storage;

/**
 * The unread notifications of an inbox, without the muted ones.
 *
 * @param personal those addressed to the recipient, or to one of their groups
 * @param system those for everyone
 * @since 0.2
 */
public record UnreadCounts(long personal, long system) {}
