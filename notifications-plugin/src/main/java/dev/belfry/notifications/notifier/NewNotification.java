package dev.belfry.notifications.notifier;

import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A notification to send. Begin with {@link #to} or {@link #toEveryone}.
 *
 * @param targets users and groups; empty for everyone
 * @param title 1 to 255 characters
 * @param message null = none; at most 128 KiB of UTF-8
 * @param topic null = none; at most 255 characters
 * @param actions at most 100
 * @since 0.2
 */
public record NewNotification(
        Set<EntityRef> targets,
        String title,
        @Nullable String message,
        @Nullable String topic,
        List<Action> actions) {

    public NewNotification {
        targets = Set.copyOf(targets);
        actions = List.copyOf(actions);
    }

    /**
     * A link or a command for the recipient.
     *
     * @param title 1 to 255 characters
     * @param url relative, or with the scheme http, https, mailto or tel, or with one that the operator allows
     */
    public record Action(String title, String url) {}

    /** A notification to one user or group. */
    public static NewNotification to(EntityRef target, String title) {
        return to(Set.of(target), title);
    }

    /**
     * A notification to users and groups.
     *
     * @param targets at least one: what a search has not found must not become a notification to everyone
     * @throws InvalidNotification if there are no targets
     */
    public static NewNotification to(Collection<EntityRef> targets, String title) {
        if (targets.isEmpty()) {
            throw new InvalidNotification("targets must not be empty; toEveryone notifies everyone");
        }
        return new NewNotification(new TreeSet<>(targets), title, null, null, List.of());
    }

    /** A notification to every user. */
    public static NewNotification toEveryone(String title) {
        return new NewNotification(Set.of(), title, null, null, List.of());
    }

    public NewNotification withMessage(String text) {
        return new NewNotification(targets, title, text, topic, actions);
    }

    public NewNotification withTopic(String text) {
        return new NewNotification(targets, title, message, text, actions);
    }

    /** Adds an action at the end. */
    public NewNotification withAction(String text, String url) {
        List<Action> more = new ArrayList<>(actions);
        more.add(new Action(text, url));
        return new NewNotification(targets, title, message, topic, more);
    }
}
