package dev.belfry.notifications.event;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.AddressedNotification;

/** A committed change of inboxes. */
public sealed interface InboxEvent {

    /** A notification has been stored. */
    record NotificationCreated(AddressedNotification notification) implements InboxEvent {}

    /** A user's notifications have been marked as read or unread. */
    record NotificationsRead(EntityRef user) implements InboxEvent {}

    /** A user has muted something, or the contrary. */
    record MuteListReplaced(EntityRef user) implements InboxEvent {}

    /** Any inbox may have changed, for example by a purge. */
    record InboxesChanged() implements InboxEvent {}
}
