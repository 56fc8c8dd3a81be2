package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.selectOne;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jspecify.annotations.Nullable;

/** Marks what reaches a recipient, and nothing else. */
final class Marks {

    private final DSLContext reads;
    private final DSLContext writes;

    Marks(DSLContext reads, DSLContext writes) {
        this.reads = reads;
        this.writes = writes;
    }

    boolean mark(Recipient recipient, NotificationId id, boolean read) {
        if (!Positions.exists(id)) {
            return false;
        }
        long position = Positions.of(id);
        String user = recipient.user().value();
        Record3<Long, Integer, Long> found = find(user, id, position);
        if (found == null) {
            return false;
        }
        long audience = found.value1();
        @Nullable Integer flag = found.value2();
        if (flag != null) {
            if (read != (flag == 1)) {
                writes.transaction(transaction -> flip(transaction.dsl(), user, position, read));
            }
            return true;
        }
        if (!reaches(audience, recipient)) {
            return false;
        }
        if (read != (found.value3() != null)) {
            writes.transaction(transaction -> set(transaction.dsl(), user, audience, position, read));
        }
        return true;
    }

    private @Nullable Record3<Long, Integer, Long> find(String user, NotificationId id, long position) {
        return reads.select(NOTIFICATION.AUDIENCE, ADDRESSEE.READ, READ_MARK.POS)
                .from(NOTIFICATION)
                .leftJoin(ADDRESSEE)
                .on(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))
                .leftJoin(READ_MARK)
                .on(READ_MARK.USER_REF.eq(user))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS))
                .where(NOTIFICATION.POS.eq(position))
                .and(NOTIFICATION.ID.eq(id.toString()))
                .fetchOne();
    }

    private boolean reaches(long audience, Recipient recipient) {
        if (audience == Audiences.EVERYONE) {
            return true;
        }
        List<String> groups = recipient.groups().stream().map(GroupRef::value).toList();
        return !groups.isEmpty()
                && reads.fetchExists(selectOne()
                        .from(AUDIENCE_GROUP)
                        .where(AUDIENCE_GROUP.GROUP_REF.in(groups))
                        .and(AUDIENCE_GROUP.AUDIENCE.eq(audience)));
    }

    // Of two devices that mark at once, the second finds the row changed, changes nothing, and counts nothing.

    private static void flip(DSLContext inside, String user, long position, boolean read) {
        int changed = inside.update(ADDRESSEE)
                .set(ADDRESSEE.READ, read ? 1 : 0)
                .where(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.eq(position))
                .and(ADDRESSEE.READ.eq(read ? 0 : 1))
                .execute();
        count(inside, user, Audiences.NOBODY, read, changed);
    }

    private static void set(DSLContext inside, String user, long audience, long position, boolean read) {
        int changed = read
                ? inside.insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                        .values(user, audience, position)
                        .onConflictDoNothing()
                        .execute()
                : inside.deleteFrom(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(user))
                        .and(READ_MARK.AUDIENCE.eq(audience))
                        .and(READ_MARK.POS.eq(position))
                        .execute();
        count(inside, user, audience, read, changed);
    }

    private static void count(DSLContext inside, String user, long audience, boolean read, int changed) {
        if (changed > 0) {
            inside.insertInto(TALLY_DELTA, TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ)
                    .values(user, audience, 0L, read ? 1L : -1L)
                    .execute();
        }
    }
}
