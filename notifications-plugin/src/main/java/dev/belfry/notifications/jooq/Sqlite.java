package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY;
import static dev.belfry.notifications.jooq.schema.Tables.TALLY_DELTA;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;

/** SQLite: a statement costs next to nothing to send, one transaction at a time writes, and compounds are merged lazily. */
final class Sqlite implements Flavour {

    /** A compound may have 500 parts (SQLITE_MAX_COMPOUND_SELECT). */
    private static final int MAX_PARTS = 400;

    private final DSLContext reads;
    private final DSLContext writes;

    Sqlite(DSLContext reads, DSLContext writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** Each part is an index in order, and they are merged as far as the limit asks for. */
    @Override
    public Select<Record1<Long>> first(Ways ways, boolean ascending, long offset, int limit) {
        return union(ways, parts(ways.audiences()))
                .orderBy(Ways.order(ascending))
                .limit(limit)
                .offset(offset);
    }

    @Override
    public Select<Record1<Long>> all(Ways ways) {
        return union(ways, parts(ways.audiences()));
    }

    /** One an audience. */
    private List<Ways.Part> parts(AudienceSet set) {
        if (set.isEmpty()) {
            return List.of();
        }
        List<Long> audiences = reads.fetchValues(numbers(set));
        return audiences.size() > MAX_PARTS
                ? List.of((column, position, window) -> isAmong(column, set).and(window.holds(unindexed(position))))
                : audiences.stream().map(Sqlite::only).toList();
    }

    private static Ways.Part only(long audience) {
        return (column, position, window) -> column.eq(audience).and(window.holds(position));
    }

    /** Or else the planner may walk the primary key, through everybody's. */
    private static Field<Long> unindexed(Field<Long> position) {
        return position.plus(inline(0L));
    }

    private static SelectOrderByStep<Record1<Long>> union(Ways ways, List<Ways.Part> parts) {
        List<SelectOrderByStep<Record1<Long>>> selects = new ArrayList<>();
        if (ways.byName()) {
            selects.add(ways.named());
        }
        parts.forEach(part -> selects.add(ways.reached(part).select()));
        SelectOrderByStep<Record1<Long>> union = selects.getFirst();
        for (Select<Record1<Long>> select : selects.subList(1, selects.size())) {
            union = union.union(select);
        }
        return union;
    }

    @Override
    public Condition isAmong(Field<Long> audience, AudienceSet set) {
        return set.isEmpty() ? falseCondition() : audience.in(numbers(set));
    }

    private static Select<Record1<Long>> numbers(AudienceSet set) {
        List<String> groups = set.groups().stream().map(GroupRef::value).toList();
        return set.numbers(group -> group.in(groups));
    }

    @Override
    public boolean insert(long position, long audience, Notification notification, SortedSet<UserRef> users) {
        return writes.transactionResult(transaction -> {
            DSLContext inside = transaction.dsl();
            if (inside.execute(Inserts.notification(position, audience, notification)) == 0) {
                return false;
            }
            List<Query> further = new ArrayList<>();
            for (UserRef user : users) {
                further.add(inside.insertInto(ADDRESSEE, ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ)
                        .values(user.value(), position, 0));
                further.add(delta(inside, user.value(), Audiences.NOBODY, 1));
            }
            if (audience != Audiences.NOBODY) {
                further.add(delta(inside, Tallies.NOBODYS, audience, 1));
                users.forEach(user -> further.add(delta(inside, user.value(), audience, -1)));
            }
            inside.batch(further).execute();
            return true;
        });
    }

    private static Query delta(DSLContext inside, String owner, long audience, long total) {
        return inside.insertInto(
                        TALLY_DELTA, TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE, TALLY_DELTA.TOTAL, TALLY_DELTA.READ)
                .values(owner, audience, total, 0L);
    }

    /** Nothing else writes meanwhile, so what is added and what is deleted are the same rows. */
    @Override
    public void fold() {
        if (!reads.fetchExists(TALLY_DELTA)) {
            return;
        }
        writes.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            inside.insertInto(TALLY, TALLY.OWNER, TALLY.AUDIENCE, TALLY.TOTAL, TALLY.READ)
                    .select(select(
                                    TALLY_DELTA.OWNER,
                                    TALLY_DELTA.AUDIENCE,
                                    sum(TALLY_DELTA.TOTAL).cast(Long.class),
                                    sum(TALLY_DELTA.READ).cast(Long.class))
                            .from(TALLY_DELTA)
                            // Without a condition SQLite takes the "on" of the conflict for that of a join.
                            .where(inline(1).eq(inline(1)))
                            .groupBy(TALLY_DELTA.OWNER, TALLY_DELTA.AUDIENCE))
                    .onConflict(TALLY.OWNER, TALLY.AUDIENCE)
                    .doUpdate()
                    .set(TALLY.TOTAL, TALLY.TOTAL.plus(excluded(TALLY.TOTAL)))
                    .set(TALLY.READ, TALLY.READ.plus(excluded(TALLY.READ)))
                    .execute();
            inside.deleteFrom(TALLY_DELTA).execute();
        });
    }
}
