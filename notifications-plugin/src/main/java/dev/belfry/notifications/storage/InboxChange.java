package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.Comparator;
import java.util.List;

/**
 * A committed change of one or more inboxes. The order is the same at every call, but not the order of the commits.
 *
 * @since 0.2
 */
public sealed interface InboxChange extends Comparable<InboxChange> {

    /** The number of the transaction, for {@link ChangeCursor#includes}. */
    long change();

    /** Distinguishes the changes of one transaction: printable ASCII characters without blanks and {@code ~}. */
    String key();

    @Override
    default int compareTo(InboxChange other) {
        return ORDER.compare(this, other);
    }

    /** By transaction; created notifications before read marks. */
    Comparator<InboxChange> ORDER =
            Comparator.comparingLong(InboxChange::change).thenComparing(InboxChange::key);

    /**
     * A notification was stored.
     *
     * @param whole false if the notification is so large that its message and its actions were not read
     */
    record Created(long change, AddressedNotification addressed, boolean whole) implements InboxChange {
        @Override
        public String key() {
            return "c" + addressed.notification().id();
        }
    }

    /**
     * A user has marked notifications.
     *
     * @param ids empty = too many to name
     */
    record Marked(long change, EntityRef user, List<NotificationId> ids, boolean read) implements InboxChange {

        public Marked {
            ids = List.copyOf(ids);
        }

        @Override
        public String key() {
            return "r" + user.qualifiedName();
        }
    }
}
