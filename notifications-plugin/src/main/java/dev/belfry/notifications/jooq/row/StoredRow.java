package dev.belfry.notifications.jooq.row;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.Audiences;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Notification;
import java.util.SortedSet;

/**
 * A notification to insert.
 *
 * @param audience number of an audience that is stored already
 * @param users whom the notification names
 * @param folded title and message, case-folded, for searching
 */
public record StoredRow(
        long position, long audience, Notification notification, SortedSet<EntityRef> users, String folded) {

    public static StoredRow of(AddressedNotification addressed, Audiences audiences) {
        Notification notification = addressed.notification();
        return new StoredRow(
                SortKeys.of(notification.id()),
                audiences.of(addressed.addressees()),
                notification,
                addressed.addressees().users(),
                Folding.fold(
                        notification.content().title(), notification.content().message()));
    }
}
