package dev.belfry.notifications.storage;

/**
 * A notification to store, with its addressees.
 *
 * @since 0.1
 */
public record AddressedNotification(Notification notification, Addressees addressees) {

    /** @throws IllegalArgumentException unless the notification is a system notification exactly if it is for everyone */
    public AddressedNotification {
        if (notification.system() != addressees.isEveryone()) {
            throw new IllegalArgumentException("notification " + notification.id()
                    + (notification.system()
                            ? " is a system notification, but has addressees"
                            : " is not a system notification, but has no addressees"));
        }
    }
}
