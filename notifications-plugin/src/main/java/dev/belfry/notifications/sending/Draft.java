package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Content.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A valid notification that has no id yet. Its addressees need not exist. */
public record Draft(Content content, Addressees addressees) {

    private static final int MAX_MESSAGE_BYTES = 128 * 1024;
    private static final int MAX_ACTIONS = 100;
    private static final int MAX_BYTES = 256 * 1024;

    public Draft {
        TextLimits.required("origin", content.origin());
        TextLimits.required("title", content.title());
        checkMessage(content.message());
        TextLimits.optional("topic", content.topic());
        checkActions(content.actions());
        checkSize(content);
    }

    /** Pages of notifications are held in memory: a single text may be long, all of them together not. */
    private static void checkSize(Content content) {
        long bytes = TextLimits.bytes(content.origin())
                + TextLimits.bytes(content.title())
                + TextLimits.bytes(content.message())
                + TextLimits.bytes(content.topic());
        for (Action action : content.actions()) {
            bytes += TextLimits.bytes(action.title()) + TextLimits.bytes(action.url());
        }
        if (bytes > MAX_BYTES) {
            throw new InvalidInput("origin, title, message, topic and actions together must have at most " + MAX_BYTES
                    + " bytes of UTF-8, not " + bytes);
        }
    }

    private static void checkMessage(@Nullable String message) {
        if (message == null) {
            return;
        }
        long bytes = TextLimits.bytes(TextLimits.storable("message", message));
        if (bytes > MAX_MESSAGE_BYTES) {
            throw new InvalidInput("message must have at most " + MAX_MESSAGE_BYTES + " bytes of UTF-8, not " + bytes);
        }
    }

    private static void checkActions(List<Action> actions) {
        if (actions.size() > MAX_ACTIONS) {
            throw new InvalidInput("actions must have at most " + MAX_ACTIONS + " elements, not " + actions.size());
        }
        for (int i = 0; i < actions.size(); i++) {
            TextLimits.required("actions[" + i + "].title", actions.get(i).title());
            TextLimits.url("actions[" + i + "].url", actions.get(i).url());
        }
    }
}
