package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nvl2;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.Table;

/** Notifications of given positions, and whether the reader has read them. */
final class NotificationRows {

    /** Longer contents are read when it is known that the page has room for them. */
    private static final long SMALL = 8 * 1024;

    /** Who is named has the flag in that row, everybody else a mark or none. */
    private static final Field<Integer> READ = coalesce(ADDRESSEE.READ, nvl2(READ_MARK.POS, inline(1), inline(0)));

    private NotificationRows() {}

    /** What {@link #item} reads, in its order. */
    static List<Field<?>> columns(Field<Integer> read) {
        return List.of(
                NOTIFICATION.ID,
                NOTIFICATION.AUDIENCE,
                NOTIFICATION.ORIGIN,
                NOTIFICATION.TITLE,
                when(isSmall(), NOTIFICATION.MESSAGE),
                NOTIFICATION.TOPIC,
                when(isSmall(), NOTIFICATION.ACTIONS),
                read,
                when(isSmall(), inline(0L)).otherwise(bytes()));
    }

    /** How many columns there are. */
    static final int COLUMNS = 9;

    private static Condition isSmall() {
        return bytes().le(inline(SMALL));
    }

    /** What a message and the actions take, which is found without reading them. */
    private static Field<Long> bytes() {
        return octets(coalesce(NOTIFICATION.MESSAGE, inline(""))).plus(octets(NOTIFICATION.ACTIONS));
    }

    private static Field<Long> octets(Field<String> text) {
        return field("octet_length({0})", Long.class, text);
    }

    static SelectOnConditionStep<? extends Record> at(Table<? extends Record> positions) {
        return select(columns(READ))
                .from(positions)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(positions.field(InboxSelection.POSITION)))
                .leftJoin(ADDRESSEE)
                .on(ADDRESSEE.USER_REF.eq(Params.READER))
                .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))
                .leftJoin(READ_MARK)
                .on(READ_MARK.USER_REF.eq(Params.READER))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS));
    }

    /**
     * A notification as it was found.
     *
     * @param deferred the bytes of message and actions, which have not been read; 0 = they have been, they are small
     */
    record Found(InboxItem item, long deferred) {}

    static Found found(ResultSet row) throws SQLException {
        long deferred = row.getLong(9);
        NotificationId id = new NotificationId(UUID.fromString(row.getString(1)));
        boolean system = row.getLong(2) == Audiences.EVERYONE;
        Content content = new Content(
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                deferred == 0 ? ActionsColumn.read(row.getString(7)) : List.of());
        return new Found(new InboxItem(new Notification(id, content, system), row.getInt(8) == 1), deferred);
    }
}
