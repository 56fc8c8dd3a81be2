package dev.belfry.notifications.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification.
 *
 * @param id contains the time of creation
 * @param system true if it is for everyone
 * @since 0.1
 */
public record Notification(NotificationId id, Content content, boolean system) {

    /** When it was created, in whole milliseconds. */
    public Instant created() {
        return id.created();
    }

    /** The text by which a list with this order is sorted; null for {@link Order.Field#CREATED}. */
    public @Nullable String text(Order.Field field) {
        return switch (field) {
            case TITLE -> content.title();
            case MESSAGE -> content.message();
            case TOPIC -> content.topic();
            case ORIGIN -> content.origin();
            case CREATED -> null;
        };
    }
}
