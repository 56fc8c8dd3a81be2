package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.nvl2;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.UserRef;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectOnConditionStep;
import org.jooq.Table;

/** Notifications of given positions, and whether a user has read them. */
final class Rows {

    /** Who is named has the flag in that row, everybody else a mark or none. */
    private static final Field<Integer> READ = coalesce(ADDRESSEE.READ, nvl2(READ_MARK.POS, inline(1), inline(0)));

    private Rows() {}

    static SelectOnConditionStep<? extends Record> at(Table<Record1<Long>> positions, UserRef user) {
        return select(
                        NOTIFICATION.ID,
                        NOTIFICATION.AUDIENCE,
                        NOTIFICATION.ORIGIN,
                        NOTIFICATION.TITLE,
                        NOTIFICATION.MESSAGE,
                        NOTIFICATION.TOPIC,
                        NOTIFICATION.ACTIONS,
                        READ)
                .from(positions)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(positions.field(Ways.POSITION)))
                .leftJoin(ADDRESSEE)
                .on(ADDRESSEE.USER_REF.eq(user.value()))
                .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))
                .leftJoin(READ_MARK)
                .on(READ_MARK.USER_REF.eq(user.value()))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS));
    }

    static Delivery delivery(Record row) {
        Content content = new Content(
                row.get(NOTIFICATION.ORIGIN),
                row.get(NOTIFICATION.TITLE),
                row.get(NOTIFICATION.MESSAGE),
                row.get(NOTIFICATION.TOPIC),
                ActionsColumn.read(row.get(NOTIFICATION.ACTIONS)));
        NotificationId id = new NotificationId(UUID.fromString(row.get(NOTIFICATION.ID)));
        boolean system = row.get(NOTIFICATION.AUDIENCE) == Audiences.EVERYONE;
        return new Delivery(new Notification(id, content, system), row.get(READ) == 1);
    }
}
