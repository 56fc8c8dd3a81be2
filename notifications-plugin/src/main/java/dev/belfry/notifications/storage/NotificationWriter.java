package dev.belfry.notifications.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: stores notifications. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface NotificationWriter {

    /**
     * Stores all of the notifications or none. After {@link SaveOutcome.Stored} they are durable, and every later call on any
     * host sees them.
     *
     * @param key null when the request has none. Of several calls with equal keys, on any host, one stores; the others get its
     *     response
     */
    SaveOutcome save(List<AddressedNotification> notifications, @Nullable IdempotencyKey key);

    /**
     * Stores a notification.
     *
     * @return false when the position of its id is in use: nothing was stored, and the caller can try another id
     */
    default boolean save(Notification notification, Addressees addressees) {
        return save(List.of(new AddressedNotification(notification, addressees)), null) instanceof SaveOutcome.Stored;
    }
}
