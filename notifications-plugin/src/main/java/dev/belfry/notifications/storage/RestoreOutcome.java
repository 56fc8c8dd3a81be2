package dev.belfry.notifications.storage;

/**
 * The result of {@link NotificationArchive#restore} for one notification.
 *
 * @since 0.2
 */
public enum RestoreOutcome {
    /** The notification and its read marks are stored now. */
    STORED,
    /** An equal notification was stored before. The given readers have read it now. */
    PRESENT,
    /** The position of the id is in use by another notification, or by one with other content. Nothing was stored. */
    CONFLICT,
    /** There is no notification with this id. Nothing was stored. */
    MISSING,
    /** The notification is addressed to users only, and a reader is none of them. Nothing was stored. */
    NOT_ADDRESSED
}
