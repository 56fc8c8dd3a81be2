package dev.belfry.notifications.jooq.row;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.Audiences;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Notification;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * A notification to insert.
 *
 * @param audience number of an audience that is stored already
 * @param users whom the notification names
 * @param readers of {@code users}, who have read it
 * @param folded title and message, case-folded, for searching
 */
public record StoredRow(
        long position,
        long audience,
        Notification notification,
        SortedSet<EntityRef> users,
        Set<EntityRef> readers,
        String folded) {

    /** A notification that nobody has read. */
    public static StoredRow of(AddressedNotification addressed, Audiences audiences) {
        return of(addressed, Set.of(), audiences);
    }

    /** @param readers users who have read it; others than the named ones are left out */
    public static StoredRow of(AddressedNotification addressed, Collection<EntityRef> readers, Audiences audiences) {
        Notification notification = addressed.notification();
        return new StoredRow(
                SortKeys.of(notification.id()),
                audiences.of(addressed.addressees()),
                notification,
                addressed.addressees().users(),
                readers.stream()
                        .filter(addressed.addressees().users()::contains)
                        .collect(Collectors.toSet()),
                Folding.fold(
                        notification.content().title(), notification.content().message()));
    }
}
