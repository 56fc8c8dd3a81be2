package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.AUDIENCE_GROUP;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.change.ReadChanges;
import dev.belfry.notifications.jooq.counts.CounterDeltas;
import dev.belfry.notifications.jooq.query.InboxSelection;
import dev.belfry.notifications.jooq.query.PositionRange;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.NotificationId;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;

/** Marks notifications as read or unread, if they reach the recipient. */
final class ReadMarks {

    /** Notifications per transaction of {@link #markAllRead}, so that others can write in between. */
    private static final int STEP = 500;

    private final DSLContext reads;
    private final StatementCache statements;
    private final SqlDialect sql;

    ReadMarks(DSLContext reads, StatementCache statements, SqlDialect sql) {
        this.reads = reads;
        this.statements = statements;
        this.sql = sql;
    }

    boolean mark(Recipient recipient, NotificationId id, boolean read) {
        if (!SortKeys.exists(id)) {
            return false;
        }
        long position = SortKeys.of(id);
        String user = recipient.user().qualifiedName();
        Record3<Long, Integer, Long> found = find(user, id, position);
        if (found == null) {
            return false;
        }
        long audience = found.value1();
        @Nullable Integer flag = found.value2();
        if (flag != null) {
            if (read != (flag == 1)) {
                sql.transactions()
                        .write(transaction ->
                                record(transaction, user, id, read, updateFlag(transaction, user, position, read)));
            }
            return true;
        }
        if (!reaches(audience, recipient)) {
            return false;
        }
        if (read != (found.value3() != null)) {
            sql.transactions()
                    .write(transaction -> record(
                            transaction, user, id, read, updateMark(transaction, user, audience, position, read)));
        }
        return true;
    }

    /** Returns true if the notification exists and reaches the recipient. */
    boolean reaches(Recipient recipient, NotificationId id) {
        if (!SortKeys.exists(id)) {
            return false;
        }
        Record3<Long, Integer, Long> found = find(recipient.user().qualifiedName(), id, SortKeys.of(id));
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
        if (audience == AudienceSet.EVERYONE) {
            return true;
        }
        List<String> groups =
                recipient.groups().stream().map(EntityRef::qualifiedName).toList();
        return !groups.isEmpty()
                && reads.fetchExists(selectOne()
                        .from(AUDIENCE_GROUP)
                        .where(AUDIENCE_GROUP.GROUP_REF.in(groups))
                        .and(AUDIENCE_GROUP.AUDIENCE.eq(audience)));
    }

    private static int record(DSLContext transaction, String user, NotificationId id, boolean read, int changed) {
        if (changed > 0) {
            ReadChanges.add(transaction, user, id.value(), read);
        }
        return changed;
    }

    // If two devices mark at the same time, the second changes no row, and no counter.

    private static int updateFlag(DSLContext transaction, String user, long position, boolean read) {
        int changed = transaction
                .update(ADDRESSEE)
                .set(ADDRESSEE.READ, read ? 1 : 0)
                .where(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.eq(position))
                .and(ADDRESSEE.READ.eq(read ? 0 : 1))
                .execute();
        return count(transaction, user, AudienceSet.NOBODY, read, changed);
    }

    private int updateMark(DSLContext transaction, String user, long audience, long position, boolean read) {
        int changed = read
                ? transaction
                        .insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                        .select(sql.transactions()
                                .forKeyShare(select(val(user), NOTIFICATION.AUDIENCE, NOTIFICATION.POS)
                                        .from(NOTIFICATION)
                                        .where(NOTIFICATION.POS.eq(position))))
                        .onConflictDoNothing()
                        .execute()
                : transaction
                        .deleteFrom(READ_MARK)
                        .where(READ_MARK.USER_REF.eq(user))
                        .and(READ_MARK.AUDIENCE.eq(audience))
                        .and(READ_MARK.POS.eq(position))
                        .execute();
        return count(transaction, user, audience, read, changed);
    }

    private static int count(DSLContext transaction, String user, long audience, boolean read, int changed) {
        new CounterDeltas().read(user, audience, read ? changed : -changed).write(transaction);
        return changed;
    }

    long markAllRead(Recipient recipient, Scope scope, Instant until) {
        PositionRange range = PositionRange.until(until);
        Filter unread = new Filter(scope, null, null, false);
        long marked = 0;
        while (true) {
            InboxSelection selection = new InboxSelection(recipient, unread, range);
            List<Long> positions = statements.fetch(sql.inbox().page(selection, false, 0, STEP), row -> row.getLong(1));
            if (positions.isEmpty()) {
                return marked;
            }
            marked += sql.transactions()
                    .withUserLock(recipient.user(), transaction -> markRead(transaction, recipient.user(), positions));
            range = range.behind(positions.getLast(), false);
        }
    }

    private int markRead(DSLContext transaction, EntityRef reader, List<Long> found) {
        String user = reader.qualifiedName();
        Result<Record3<Long, Long, String>> marking = sql.transactions()
                .forKeyShare(transaction
                        .select(NOTIFICATION.POS, NOTIFICATION.AUDIENCE, NOTIFICATION.ID)
                        .from(NOTIFICATION)
                        .where(NOTIFICATION.POS.in(sql.lists().listed(found)))
                        .orderBy(NOTIFICATION.POS))
                .fetch();
        Map<Long, Long> audiences = marking.intoMap(NOTIFICATION.POS, NOTIFICATION.AUDIENCE);
        List<Long> positions = List.copyOf(audiences.keySet());
        int named = transaction
                .update(ADDRESSEE)
                .set(ADDRESSEE.READ, 1)
                .where(ADDRESSEE.USER_REF.eq(user))
                .and(ADDRESSEE.POS.in(sql.lists().listed(positions)))
                .and(ADDRESSEE.READ.eq(inline(0)))
                .execute();
        CounterDeltas deltas = new CounterDeltas().read(user, AudienceSet.NOBODY, named);
        int marked = named;
        // An insert returns how many rows it has added, but not on every database which; so there is one per audience.
        for (long audience : Set.copyOf(audiences.values())) {
            if (audience == AudienceSet.NOBODY) {
                continue;
            }
            int added = transaction
                    .insertInto(READ_MARK, READ_MARK.USER_REF, READ_MARK.AUDIENCE, READ_MARK.POS)
                    .select(select(val(user), NOTIFICATION.AUDIENCE, NOTIFICATION.POS)
                            .from(NOTIFICATION)
                            .where(NOTIFICATION.POS.in(sql.lists().listed(positions)))
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
        deltas.write(transaction);
        if (marked > 0) {
            ReadChanges.add(transaction, user, marking.getValues(NOTIFICATION.ID), true);
        }
        return marked;
    }
}
