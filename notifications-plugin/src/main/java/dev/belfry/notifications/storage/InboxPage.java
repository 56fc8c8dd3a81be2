package dev.belfry.notifications.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of an inbox.
 *
 * @param items in the requested order; fewer than requested if they are large
 * @param counts of the whole inbox, as of the same moment or of one just before
 * @param rest the requested items that are too large to be held at once; null when there are none
 * @since 0.1
 */
public record InboxPage(
        List<InboxItem> items, InboxCounts counts, @Nullable Rest rest) {

    public InboxPage {
        items = List.copyOf(items);
    }

    /** All requested items, or all that exist. */
    public InboxPage(List<InboxItem> items, InboxCounts counts) {
        this(items, counts, null);
    }

    /**
     * The requested items that follow the page. {@link InboxReader#all} reads them.
     *
     * @param size how many there are, at least 1
     * @param last the last of them
     * @since 0.2
     */
    public record Rest(int size, NotificationId last) {}
}
