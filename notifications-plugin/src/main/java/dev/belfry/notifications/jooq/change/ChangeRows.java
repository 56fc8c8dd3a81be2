package dev.belfry.notifications.jooq.change;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.row.ActionsColumn;
import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxChange;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the rows of changes. Both databases select the same columns. */
final class ChangeRows {

    /** Maximum number of rows of one kind in a batch. */
    static final int LIMIT = 1000;

    /** Message and actions, if they are at most 8 KiB: longer ones do not fit into the queue of a stream. */
    static final String CONTENT = """
            n.origin as origin, n.title as title, n.topic as topic, n.markdown as markdown,
            octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 as whole,
            case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.message end as message,
            case when octet_length(coalesce(n.message, '')) + octet_length(n.actions) <= 8192 then n.actions else '[]' end
                as actions""";

    private ChangeRows() {}

    /** A change; null if its notification was deleted since. */
    static @Nullable InboxChange read(ResultSet row) throws SQLException {
        long change = Long.parseLong(row.getString("change"));
        String user = row.getString("user_ref");
        if (user != null && row.getInt("read") == ReadChanges.MUTE_LIST) {
            return new InboxChange.MuteListReplaced(change, row.getLong("ordinal"), user(user));
        }
        if (user != null) {
            List<NotificationId> ids =
                    words(row.getString("ids")).map(ChangeRows::id).toList();
            return new InboxChange.Marked(change, row.getLong("ordinal"), user(user), ids, row.getInt("read") == 1);
        }
        String id = row.getString("id");
        if (id == null) {
            return null;
        }
        Content content = new Content(
                row.getString("origin"),
                row.getString("title"),
                row.getString("message"),
                row.getString("topic"),
                ActionsColumn.read(row.getString("actions")),
                NotificationRows.format(row.getInt("markdown")));
        boolean system = row.getLong("audience") == AudienceSet.EVERYONE;
        return new InboxChange.Created(
                change,
                new AddressedNotification(
                        new Notification(id(id), content, system),
                        Addressees.of(
                                refs(row.getString("users"), ChangeRows::user),
                                refs(row.getString("groups"), ChangeRows::group))),
                row.getBoolean("whole"));
    }

    private static List<EntityRef> refs(@Nullable String text, Function<String, EntityRef> parse) {
        return text == null ? List.of() : words(text).map(parse).toList();
    }

    private static Stream<String> words(String text) {
        return Stream.of(text.split("[ \n]")).filter(word -> !word.isEmpty());
    }

    private static NotificationId id(String text) {
        return new NotificationId(UUID.fromString(text));
    }

    private static EntityRef user(String name) {
        return EntityRef.parse(name, EntityRef.USER);
    }

    private static EntityRef group(String name) {
        return EntityRef.parse(name, EntityRef.GROUP);
    }
}
