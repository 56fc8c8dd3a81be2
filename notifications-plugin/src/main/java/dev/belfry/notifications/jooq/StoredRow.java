package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Mailing;
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

    static StoredRow of(Mailing mailing, Audiences audiences) {
        Notification notification = mailing.notification();
        return new StoredRow(
                Positions.of(notification.id()),
                audiences.of(mailing.addressees()),
                notification,
                mailing.addressees().users(),
                Folding.fold(
                        notification.content().title(), notification.content().message()));
    }
}
