package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;

/**
 * A committed change of one or more inboxes. Changes sort by their key: created notifications first, then replaced mute lists,
 * then read marks. The marks of one notification by one user are in the order in which they were made.
 *
 * @since 0.2
 */
public sealed interface InboxChange extends Comparable<InboxChange> {

    /** The number of the transaction, for {@link ChangeCursor#includes}. */
    long change();

    /** Unique: printable ASCII characters without blanks and {@code ~}. */
    String key();

    @Override
    default int compareTo(InboxChange other) {
        return key().compareTo(other.key());
    }

    /**
     * A notification was stored.
     *
     * @param whole false if the notification is so large that its message and its actions were not read
     */
    record Created(long change, AddressedNotification addressed, boolean whole) implements InboxChange {
        @Override
        public String key() {
            return "c%019d.%s".formatted(change, addressed.notification().id());
        }
    }

    /**
     * A user has muted something, or the contrary.
     *
     * @param ordinal as of {@link Marked}
     */
    record MuteListReplaced(long change, long ordinal, EntityRef user) implements InboxChange {
        @Override
        public String key() {
            return "m%019d.%019d".formatted(ordinal, change);
        }
    }

    /**
     * A user has marked notifications.
     *
     * @param ordinal orders the marks of one user
     * @param ids empty = too many to name
     */
    record Marked(long change, long ordinal, EntityRef user, List<NotificationId> ids, boolean read)
            implements InboxChange {

        public Marked {
            ids = List.copyOf(ids);
        }

        @Override
        public String key() {
            return "r%019d.%019d".formatted(ordinal, change);
        }
    }
}
