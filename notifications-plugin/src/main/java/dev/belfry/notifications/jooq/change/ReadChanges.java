package dev.belfry.notifications.jooq.change;

import static dev.belfry.notifications.jooq.schema.Tables.INBOX_CHANGE;

import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/** Records that a user has marked notifications, in the transaction that does so. */
public final class ReadChanges {

    /** More notifications are not named. */
    private static final int MAX_NAMED = 100;

    private ReadChanges() {}

    /** @param ids of the notifications whose marks have changed, or may have */
    public static void add(DSLContext transaction, String user, List<String> ids, boolean read) {
        if (ids.isEmpty()) {
            return;
        }
        transaction
                .insertInto(INBOX_CHANGE, INBOX_CHANGE.USER_REF, INBOX_CHANGE.IDS, INBOX_CHANGE.READ)
                .values(user, ids.size() > MAX_NAMED ? "" : String.join(" ", ids), read ? 1 : 0)
                .execute();
    }

    /** As {@link #add}, for one notification. */
    public static void add(DSLContext transaction, String user, UUID id, boolean read) {
        add(transaction, user, List.of(id.toString()), read);
    }
}
