package dev.belfry.notifications.storage;

/**
 * A notification on its way to those whom it is for.
 *
 * @since 0.1
 */
public record AddressedNotification(Notification notification, Addressees addressees) {

    /** @throws IllegalArgumentException unless it is a system notification just when it goes to everyone */
    public AddressedNotification {
        if (notification.system() != addressees.isEveryone()) {
            throw new IllegalArgumentException(notification.id()
                    + (notification.system()
                            ? " is a system notification, but names addressees"
                            : " is no system notification, but goes to everyone"));
        }
    }
}
