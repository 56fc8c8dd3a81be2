package dev.belfry.notifications.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a notification says.
 *
 * @param origin who or what sent it
 * @param message null when there is none, which is not the same as an empty one
 * @param topic null when there is none
 * @param actions in the order in which they are to be shown
 * @since 0.1
 */
public record Content(
        String origin,
        String title,
        @Nullable String message,
        @Nullable String topic,
        List<Action> actions) {

    public Content {
        actions = List.copyOf(actions);
    }

    /**
     * Something that the reader is invited to do.
     *
     * @param url absolute, or relative to the page that shows the notification
     */
    public record Action(String title, String url) {}
}
