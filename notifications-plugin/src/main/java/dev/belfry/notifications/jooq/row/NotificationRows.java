package dev.belfry.notifications.jooq.row;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nvl2;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.Params;
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

/** Reads rows of notifications, and whether the reader has read them. */
public final class NotificationRows {

    /** Bytes of message and actions up to which they are read with the row; see {@link Found#deferred}. */
    private static final long SMALL = 8 * 1024;

    /** A user who is named has a flag in addressee; everyone else has a row in read_mark or none. */
    private static final Field<Integer> READ = coalesce(ADDRESSEE.READ, nvl2(READ_MARK.POS, inline(1), inline(0)));

    private NotificationRows() {}

    /** The columns that {@link #found} reads. */
    public static List<Field<?>> columns(Field<Integer> read) {
        return List.of(
                NOTIFICATION.ID,
                NOTIFICATION.AUDIENCE,
                NOTIFICATION.ORIGIN,
                NOTIFICATION.TITLE,
                when(isSmall(), NOTIFICATION.MESSAGE),
                NOTIFICATION.TOPIC,
                when(isSmall(), NOTIFICATION.ACTIONS),
                read,
                when(isSmall(), inline(0L)).otherwise(bytes()),
                NOTIFICATION.MARKDOWN);
    }

    /** The number of columns. */
    public static final int COLUMNS = 10;

    private static Condition isSmall() {
        return bytes().le(inline(SMALL));
    }

    /** The size of message and actions. The database computes it without reading them. */
    private static Field<Long> bytes() {
        return octets(coalesce(NOTIFICATION.MESSAGE, inline(""))).plus(octets(NOTIFICATION.ACTIONS));
    }

    private static Field<Long> octets(Field<String> text) {
        return field("octet_length({0})", Long.class, text);
    }

    /** Selects the rows at the positions. */
    public static SelectOnConditionStep<? extends Record> at(Table<? extends Record> positions) {
        return select(columns(READ))
                .from(positions)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(positions.field(Params.POSITION)))
                .leftJoin(ADDRESSEE)
                .on(ADDRESSEE.USER_REF.eq(Params.READER))
                .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))
                .leftJoin(READ_MARK)
                .on(READ_MARK.USER_REF.eq(Params.READER))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS));
    }

    /**
     * A row.
     *
     * @param deferred size of message and actions, in bytes, if they were too large to be read; otherwise 0
     */
    public record Found(InboxItem item, long deferred) {}

    /** @param markdown the column of this name */
    public static Content.Format format(int markdown) {
        return markdown == 0 ? Content.Format.PLAIN : Content.Format.MARKDOWN;
    }

    public static Found found(ResultSet row) throws SQLException {
        long deferred = row.getLong(9);
        NotificationId id = new NotificationId(UUID.fromString(row.getString(1)));
        boolean system = row.getLong(2) == AudienceSet.EVERYONE;
        Content content = new Content(
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                deferred == 0 ? ActionsColumn.read(row.getString(7)) : List.of(),
                format(row.getInt(10)));
        return new Found(new InboxItem(new Notification(id, content, system), row.getInt(8) == 1), deferred);
    }
}
