package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;

/**
 * A notification with the users who have read it, as an export and an import have it.
 *
 * @param readers in an order of the store, each once. A store can list readers who are not members of the addressed groups anymore
 * @param moreReaders true if there are more readers, after the last one; {@link NotificationArchive#readers} lists them
 * @since 0.2
 */
public record ArchivedNotification(AddressedNotification addressed, List<EntityRef> readers, boolean moreReaders) {

    public ArchivedNotification {
        Kinds.require(EntityRef.USER, readers);
        readers = List.copyOf(readers);
    }

    public NotificationId id() {
        return addressed.notification().id();
    }
}
