package dev.belfry.notifications.stream;

import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.UnreadCounts;
import java.util.List;

/**
 * Encodes events. An encoded event is sent to many streams.
 *
 * @param <E> an encoded event
 */
public interface StreamEncoder<E> {

    /**
     * A new notification, which is unread.
     *
     * @param muted true if the reader has muted it
     */
    E created(Notification notification, boolean muted, String id);

    /** @param ids empty = too many to name */
    E marked(List<NotificationId> ids, boolean read, String id);

    /** @param count unread notifications in the scope of the stream */
    E counted(long count, UnreadCounts counts, String id);

    /** The client has to read its list anew. */
    E reset(String id);

    /** The size in bytes. */
    int size(E event);
}
