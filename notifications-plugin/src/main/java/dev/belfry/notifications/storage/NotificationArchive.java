package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: reads all notifications, and stores notifications that have ids already. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface NotificationArchive {

    /** The maximum number of readers in one result, and in one argument. */
    int MAX_READERS = 5000;

    /**
     * The notifications whose ids follow, in the order of their ids. Notifications that reach nobody are left out.
     *
     * @param after null = from the first one
     * @param limit maximum number, at least 1
     * @return fewer than the limit if they are large or have many readers; empty only if none follows. Only the last one can have
     *     {@link ArchivedNotification#moreReaders more readers}
     */
    List<ArchivedNotification> archived(@Nullable NotificationId after, int limit);

    /**
     * The readers of a notification that follow a reader, in the order of {@link ArchivedNotification#readers}. Fewer than
     * {@link #MAX_READERS} are the last ones.
     */
    List<EntityRef> readers(NotificationId id, EntityRef after);

    /**
     * Stores notifications with their read marks. Idempotent: of a notification that is stored already, only missing read marks
     * are stored. If it fails, some of the notifications may be stored.
     *
     * @param notifications with readers who are addressed, or can be members of an addressed group
     * @return for each of the notifications, in their order
     */
    List<RestoreOutcome> restore(List<ArchivedNotification> notifications);

    /** Marks a stored notification as read by users. Idempotent. */
    RestoreOutcome restoreReaders(NotificationId id, List<EntityRef> readers);
}
