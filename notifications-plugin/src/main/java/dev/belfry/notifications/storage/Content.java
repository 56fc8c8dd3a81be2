package dev.belfry.notifications.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a notification.
 *
 * @param origin name of the sender
 * @param message null when there is none; an empty one is different
 * @param topic null when there is none
 * @param actions in display order
 * @param format of the message
 * @since 0.1
 */
public record Content(
        String origin,
        String title,
        @Nullable String message,
        @Nullable String topic,
        List<Action> actions,
        Format format) {

    public Content {
        actions = List.copyOf(actions);
    }

    /** With a message in plain text. */
    public Content(
            String origin, String title, @Nullable String message, @Nullable String topic, List<Action> actions) {
        this(origin, title, message, topic, actions, Format.PLAIN);
    }

    /** The format of a message. */
    public enum Format {
        PLAIN,
        MARKDOWN
    }

    /**
     * A link that the reader can follow.
     *
     * @param url absolute, or relative to the page that shows the notification
     */
    public record Action(String title, String url) {}
}
