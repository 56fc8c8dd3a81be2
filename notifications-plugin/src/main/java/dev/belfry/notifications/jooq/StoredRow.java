package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.UserRef;
import java.util.SortedSet;

/**
 * A notification as it is to be stored.
 *
 * @param audience whose groups are stored already
 * @param users those whom it names
 * @param folded what of it is searched
 */
record StoredRow(long position, long audience, Notification notification, SortedSet<UserRef> users, String folded) {

    static StoredRow of(AddressedNotification addressed, Audiences audiences) {
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
