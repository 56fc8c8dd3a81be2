package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * What an inbox amounts to, exact as of one moment.
 *
 * @param total how many notifications there are
 * @param read how many of them are read
 * @param revision grows with each change of the inbox: while the recipient is in the same groups, equal revisions mean the
 *     same notifications, read or unread alike. Not a count of anything that callers know
 * @since 0.1
 */
public record InboxCounts(long total, long read, long revision) {

    public long unread() {
        return total - read;
    }

    /** How many there are of a kind: read ones (true), unread ones (false), all (null). */
    public long count(@Nullable Boolean read) {
        return read == null ? total : read ? this.read : unread();
    }
}
