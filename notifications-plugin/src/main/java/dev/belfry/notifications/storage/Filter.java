package dev.belfry.notifications.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to leave out.
 *
 * @param text keeps what has it in its title or its message, without regard to case as {@link Folding} defines it; null or
 *     empty = no filter
 * @param createdAfter keeps what was created later, not at the same instant; null = no filter
 * @param read keeps what is marked as read (true) or is not (false); null = no filter
 * @since 0.1
 */
public record Filter(
        Scope scope,
        @Nullable String text,
        @Nullable Instant createdAfter,
        @Nullable Boolean read) {

    public Filter {
        if (text != null && text.isEmpty()) {
            text = null;
        }
    }

    /** Whether the counts that are kept of an inbox answer for it. */
    public boolean isPlain() {
        return text == null && createdAfter == null;
    }

    public static Filter of(Scope scope) {
        return new Filter(scope, null, null, null);
    }
}
