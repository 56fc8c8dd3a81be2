package dev.belfry.notifications.jooq.change;

import static dev.belfry.notifications.jooq.schema.Tables.INBOX_CHANGE;

import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;

/** Records changes of users, in the transactions that make them. */
public final class ReadChanges {

    /** More notifications are not named. */
    private static final int MAX_NAMED = 100;

    /** Value of the column {@code read} if the user's mute list was replaced. */
    static final int MUTE_LIST = 2;

    private ReadChanges() {}

    /** The user's mute list was replaced. */
    public static void addMuteList(DSLContext transaction, String user) {
        transaction
                .insertInto(INBOX_CHANGE, INBOX_CHANGE.USER_REF, INBOX_CHANGE.IDS, INBOX_CHANGE.READ)
                .values(user, "", MUTE_LIST)
                .execute();
    }

    /**
     * The user has marked notifications.
     *
     * @param ids of the notifications whose marks have changed, or may have */
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
