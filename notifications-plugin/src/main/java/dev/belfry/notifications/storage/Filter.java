package dev.belfry.notifications.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which notifications to include; null means no restriction.
 *
 * @param text in the title or the message, compared case-insensitively by {@link Folding}; empty is the same as null
 * @param createdAfter exclusive
 * @param read true for read notifications, false for unread ones
 * @param topic the whole topic
 * @param origin the whole origin
 * @since 0.1
 */
public record Filter(
        Scope scope,
        @Nullable String text,
        @Nullable Instant createdAfter,
        @Nullable Boolean read,
        @Nullable String topic,
        @Nullable String origin) {

    public Filter {
        if (text != null && text.isEmpty()) {
            text = null;
        }
    }

    /** Without a topic and an origin. */
    public Filter(Scope scope, @Nullable String text, @Nullable Instant createdAfter, @Nullable Boolean read) {
        this(scope, text, createdAfter, read, null, null);
    }

    /** Returns true if {@link InboxCounts} contain the count of this filter. */
    public boolean isPlain() {
        return text == null && createdAfter == null && topic == null && origin == null;
    }

    public static Filter of(Scope scope) {
        return new Filter(scope, null, null, null);
    }
}
