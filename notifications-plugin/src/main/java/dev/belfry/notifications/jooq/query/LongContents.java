package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;

import dev.belfry.notifications.jooq.row.ActionsColumn;
import dev.belfry.notifications.jooq.row.NotificationRows.Found;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jspecify.annotations.Nullable;

/** Reads long messages and actions, up to a limit per page: 200 rows may have 50 MiB. */
public final class LongContents {

    /** Bytes of message and actions per page. Many pages are read at the same time. */
    private static final long MAX_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() / 512, 256 * 1024, 1024 * 1024);

    private final DSLContext reads;
    private final ListParameters lists;

    public LongContents(DSLContext reads, ListParameters lists) {
        this.reads = reads;
        this.lists = lists;
    }

    /** Returns the notifications with their contents. The rows have to fit; see {@link #fitting}. */
    List<InboxItem> complete(List<Found> found) {
        List<Long> deferred = found.stream()
                .filter(row -> row.deferred() > 0)
                .map(row -> SortKeys.of(row.item().notification().id()))
                .toList();
        if (deferred.isEmpty()) {
            return found.stream().map(Found::item).toList();
        }
        Map<Long, Record3<Long, String, String>> contents = reads.select(
                        NOTIFICATION.POS, NOTIFICATION.MESSAGE, NOTIFICATION.ACTIONS)
                .from(NOTIFICATION)
                .where(NOTIFICATION.POS.in(lists.listed(deferred)))
                .fetchMap(NOTIFICATION.POS);
        List<InboxItem> complete = new ArrayList<>();
        for (Found row : found) {
            InboxItem item = row.item();
            if (row.deferred() == 0) {
                complete.add(item);
                continue;
            }
            Record3<Long, String, String> content =
                    contents.get(SortKeys.of(item.notification().id()));
            // A notification that was purged in between is left out.
            if (content != null) {
                complete.add(with(item, content.value2(), ActionsColumn.read(content.value3())));
            }
        }
        return complete;
    }

    /** Returns how many of the rows fit on a page, at least one. */
    static int fitting(List<Found> found) {
        long bytes = 0;
        for (int i = 0; i < found.size(); i++) {
            bytes += found.get(i).deferred() > 0
                    ? found.get(i).deferred()
                    : held(found.get(i).item());
            if (bytes > MAX_BYTES && i > 0) {
                return i;
            }
        }
        return found.size();
    }

    private static long held(InboxItem item) {
        Content content = item.notification().content();
        String message = content.message();
        long actions = content.actions().stream()
                .mapToLong(action -> action.title().length() + action.url().length())
                .sum();
        return content.title().length() + (message == null ? 0 : message.length()) + actions;
    }

    private static InboxItem with(InboxItem item, @Nullable String message, List<Content.Action> actions) {
        Notification notification = item.notification();
        Content content = notification.content();
        return new InboxItem(
                new Notification(
                        notification.id(),
                        new Content(
                                content.origin(), content.title(), message, content.topic(), actions, content.format()),
                        notification.system()),
                item.read());
    }
}
