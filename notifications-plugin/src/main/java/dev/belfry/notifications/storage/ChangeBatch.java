package dev.belfry.notifications.storage;

import java.util.List;

/**
 * Changes since a cursor.
 *
 * @param cursor the moment until which the changes are complete
 * @param known false if the changes cannot be told: the cursor is of another database, from the future or too old, or there are
 *     too many changes. The list is empty then, and the cursor is the present
 * @param changes sorted
 * @param more true if there are more changes, after {@code cursor}
 * @since 0.2
 */
public record ChangeBatch(ChangeCursor cursor, boolean known, List<InboxChange> changes, boolean more) {

    public ChangeBatch {
        changes = changes.stream().sorted().toList();
    }

    public static ChangeBatch unknown(ChangeCursor present) {
        return new ChangeBatch(present, false, List.of(), false);
    }
}
