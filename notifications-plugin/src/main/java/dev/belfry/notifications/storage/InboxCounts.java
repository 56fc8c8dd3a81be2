package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * The counts of an inbox, exact as of one moment.
 *
 * @param total number of notifications
 * @param read number of read notifications
 * @param revision grows with each change of the inbox: while the recipient's groups stay the same, equal revisions mean equal
 *     notifications, read marks and mute lists. It has no other meaning
 * @param muting true if the recipient has muted something. Muted notifications are included in these counts
 * @since 0.1
 */
public record InboxCounts(long total, long read, long revision, boolean muting) {

    /** Of a recipient who has muted nothing. */
    public InboxCounts(long total, long read, long revision) {
        this(total, read, revision, false);
    }

    public long unread() {
        return total - read;
    }

    /** The number of read (true), unread (false) or all (null) notifications. */
    public long count(@Nullable Boolean read) {
        return read == null ? total : read ? this.read : unread();
    }
}
