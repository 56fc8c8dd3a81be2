package dev.belfry.notifications.event;

import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.UserRef;

/** A committed change of inboxes. */
public sealed interface InboxEvent {

    /** A notification has been stored. */
    record NotificationCreated(AddressedNotification notification) implements InboxEvent {}

    /** A user's notifications have been marked as read or unread. */
    record NotificationsRead(UserRef user) implements InboxEvent {}

    /** Any inbox may have changed, for example by a purge. */
    record InboxesChanged() implements InboxEvent {}
}
