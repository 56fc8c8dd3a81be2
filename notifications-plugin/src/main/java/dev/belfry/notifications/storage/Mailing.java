package dev.belfry.notifications.storage;

/**
 * A notification on its way to those whom it is for.
 *
 * @since 0.1
 */
public record Mailing(Notification notification, Addressees addressees) {}
