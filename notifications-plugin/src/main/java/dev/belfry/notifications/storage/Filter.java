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
 * @param muted true for notifications that the recipient has muted, false for the others
 * @since 0.1
 */
public record Filter(
        Scope scope,
        @Nullable String text,
        @Nullable Instant createdAfter,
        @Nullable Boolean read,
        @Nullable String topic,
        @Nullable String origin,
        @Nullable Boolean muted) {

    public Filter {
        if (text != null && text.isEmpty()) {
            text = null;
        }
    }

    /** Without a topic and an origin. */
    public Filter(Scope scope, @Nullable String text, @Nullable Instant createdAfter, @Nullable Boolean read) {
        this(scope, text, createdAfter, read, null, null, null);
    }

    /** Returns true if {@link InboxCounts} contain the count of this filter. */
    public boolean isPlain() {
        return text == null && createdAfter == null && topic == null && origin == null && muted == null;
    }

    /** Returns true if this selects all unread notifications that are not muted. */
    public boolean isUnmutedUnread() {
        return Boolean.FALSE.equals(read)
                && Boolean.FALSE.equals(muted)
                && withMuted(null).isPlain();
    }

    /** The same filter with another condition on muted notifications. */
    public Filter withMuted(@Nullable Boolean wanted) {
        return new Filter(scope, text, createdAfter, read, topic, origin, wanted);
    }

    public static Filter of(Scope scope) {
        return new Filter(scope, null, null, null);
    }
}
