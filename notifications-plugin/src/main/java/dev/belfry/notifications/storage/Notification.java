package dev.belfry.notifications.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is told.
 *
 * @param id its name, and when it was created
 * @param content what it says
 * @param system whether it is meant for everyone
 * @since 0.1
 */
public record Notification(NotificationId id, Content content, boolean system) {

    /** When it was created, in whole milliseconds. */
    public Instant created() {
        return id.created();
    }

    /** The text that a list is ordered by, if it is ordered by a text. */
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
