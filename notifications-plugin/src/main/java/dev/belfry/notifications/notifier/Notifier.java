package dev.belfry.notifications.notifier;

import java.util.UUID;

/**
 * Sends notifications from another plugin, without HTTP and tokens. Get it with {@code context.require(Notifier.class)}, and name
 * {@code notifications} in {@code Plugin-Dependencies}.
 *
 * <p>The origin of each notification is {@code plugin:<id>} of the calling plugin. The rules for texts, URLs and targets are those
 * of the REST API; its limits of notifications per minute do not apply to plugins. Instances are thread-safe.
 *
 * @since 0.2
 */
public interface Notifier {

    /**
     * Stores a notification. When this returns, its recipients can see it.
     *
     * @return the id of the notification, as in the REST API
     * @throws InvalidNotification if it violates a rule, or if a target does not exist; nothing is stored then
     */
    UUID send(NewNotification notification);
}
