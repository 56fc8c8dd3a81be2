package dev.belfry.notifications.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of an inbox.
 *
 * @param items in the order that was asked for; fewer than were asked for when they are large
 * @param counts what the whole inbox amounts to, as of the same moment or of one just before
 * @param rest of what was asked for and is too large to be held at once; null when there is none
 * @since 0.1
 */
public record InboxPage(
        List<InboxItem> items, InboxCounts counts, @Nullable Rest rest) {

    public InboxPage {
        items = List.copyOf(items);
    }

    /** As many as were asked for, or as there are. */
    public InboxPage(List<InboxItem> items, InboxCounts counts) {
        this(items, counts, null);
    }

    /**
     * What follows the deliveries and was asked for as well. {@link NotificationStore#all} reads it.
     *
     * @param size how many there are, at least 1
     * @param last the last of them
     * @since 0.2
     */
    public record Rest(int size, NotificationId last) {}
}
