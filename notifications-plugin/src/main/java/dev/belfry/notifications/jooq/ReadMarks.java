package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UserRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jspecify.annotations.Nullable;

/** Marks what reaches a recipient, and nothing else. */
final class ReadMarks {

    /** What one transaction marks when everything is marked: it is short, so that others may write in between. */
    private static final int AT_ONCE = 500;

    private final DSLContext reads;
    private final StatementCache statements;
    private final Flavour flavour;

    ReadMarks(DSLContext reads, StatementCache statements, Flavour flavour) {
        this.reads = reads;
        this.statements = statements;
        this.flavour = flavour;
    }

    boolean mark(Recipient recipient, NotificationId id, boolean read) {
        if (!SortKeys.exists(id)) {
            return false;
        }
        long position = SortKeys.of(id);
        String user = recipient.user().value();
        Record3<Long, Integer, Long> found = find(user, id, position);
        if (found == null) {
            return false;
        }
        long audience = found.value1();
        @Nullable Integer flag = found.value2();
        if (flag != null) {
            if (read != (flag == 1)) {
                flavour.write(inside -> flip(inside, user, position, read));
            }
            return true;
        }
        if (!reaches(audience, recipient)) {
            return false;
        }
        if (read != (found.value3() != null)) {
            flavour.write(inside -> set(inside, user, audience, position, read));
        }
        return true;
    }

    /** Whether the recipient may see it, be it there or not. */
    boolean reaches(Recipient recipient, NotificationId id) {
        if (!SortKeys.exists(id)) {
            return false;
        }
        Record3<Long, Integer, Long> found = find(recipient.user().value(), id, SortKeys.of(id));
        return found != null && (found.value2() != null || reaches(found.value1(), recipient));
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

    private static int flip(DSLContext inside, String user, long position, boolean read) {
        int changed = inside.update(ADDRESSEE)
                .set(ADDRESSEE.READ, read ? 1 : 0)
                .where(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.eq(position))
                .and(ADDRESSEE.READ.eq(read ? 0 : 1))
                .execute();
        return count(inside, user, Audiences.NOBODY, read, changed);
    }

    private int set(DSLContext inside, String user, long audience, long position, boolean read) {
        int changed = read
                ? inside.insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                        .select(flavour.forKeyShare(select(val(user), NOTIFICATION.AUDIENCE, NOTIFICATION.POS)
                                .from(NOTIFICATION)
                                .where(NOTIFICATION.POS.eq(position))))
                        .onConflictDoNothing()
                        .execute()
                : inside.deleteFrom(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(user))
                        .and(READ_MARK.AUDIENCE.eq(audience))
                        .and(READ_MARK.POS.eq(position))
                        .execute();
        return count(inside, user, audience, read, changed);
    }

    private static int count(DSLContext inside, String user, long audience, boolean read, int changed) {
        new CounterDeltas().read(user, audience, read ? changed : -changed).write(inside);
        return changed;
    }

    long markAllRead(Recipient recipient, Scope scope, Instant until) {
        PositionRange window = PositionRange.until(until);
        Filter unread = new Filter(scope, null, null, false);
        long marked = 0;
        while (true) {
            InboxSelection selection = new InboxSelection(recipient, unread, window);
            List<Long> positions = statements.fetch(flavour.first(selection, false, 0, AT_ONCE), row -> row.getLong(1));
            if (positions.isEmpty()) {
                return marked;
            }
            marked += flavour.withUserLock(recipient.user(), inside -> markRead(inside, recipient.user(), positions));
            window = window.behind(positions.getLast(), false);
        }
    }

    private int markRead(DSLContext inside, UserRef reader, List<Long> found) {
        String user = reader.value();
        Map<Long, Long> audiences = flavour.forKeyShare(inside.select(NOTIFICATION.POS, NOTIFICATION.AUDIENCE)
                        .from(NOTIFICATION)
                        .where(NOTIFICATION.POS.in(flavour.listed(found)))
                        .orderBy(NOTIFICATION.POS))
                .fetchMap(NOTIFICATION.POS, NOTIFICATION.AUDIENCE);
        List<Long> positions = List.copyOf(audiences.keySet());
        int flipped = inside.update(ADDRESSEE)
                .set(ADDRESSEE.READ, 1)
                .where(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.in(flavour.listed(positions)))
                .and(ADDRESSEE.READ.eq(inline(0)))
                .execute();
        CounterDeltas deltas = new CounterDeltas().read(user, Audiences.NOBODY, flipped);
        int marked = flipped;
        // An insert tells how many rows it has added, but not on every database which; so there is one for each
        // audience.
        for (long audience : Set.copyOf(audiences.values())) {
            if (audience == Audiences.NOBODY) {
                continue;
            }
            int added = inside.insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                    .select(select(val(user), NOTIFICATION.AUDIENCE, NOTIFICATION.POS)
                            .from(NOTIFICATION)
                            .where(NOTIFICATION.POS.in(flavour.listed(positions)))
                            .and(NOTIFICATION.AUDIENCE.eq(audience))
                            .andNotExists(selectOne()
                                    .from(ADDRESSEE)
                                    .where(ADDRESSEE.USER_REF.eq(user))
                                    .and(ADDRESSEE.POS.eq(NOTIFICATION.POS))))
                    .onConflictDoNothing()
                    .execute();
            deltas.read(user, audience, added);
            marked += added;
        }
        deltas.write(inside);
        return marked;
    }
}
