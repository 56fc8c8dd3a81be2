package dev.belfry.notifications.storage;

/**
 * The storage of notifications: the seven ports that the use cases need. One adapter provides them together, because they work on
 * the same data.
 *
 * @since 0.1
 */
public interface NotificationStore
        extends NotificationWriter, InboxReader, ReadMarks, MuteLists, InboxChanges, Retention, NotificationArchive {}
