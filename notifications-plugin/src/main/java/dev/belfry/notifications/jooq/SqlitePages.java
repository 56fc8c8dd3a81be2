package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;

/**
 * What of an inbox is meant, on SQLite: one compound of all ways. Each part is an index in order, and they are merged as far as the
 * limit asks for.
 */
final class SqlitePages {

    /** A compound may have 500 parts (SQLITE_MAX_COMPOUND_SELECT). */
    private static final int MAX_PARTS = 400;

    private final Sqlite flavour;
    private final StatementCache reads;
    private final SqliteCounters bulkCounts;

    SqlitePages(Sqlite flavour, SqliteCounters bulkCounts, StatementCache reads) {
        this.flavour = flavour;
        this.reads = reads;
        this.bulkCounts = bulkCounts;
    }

    BoundQuery first(InboxSelection selection, boolean ascending, long offset, int limit) {
        List<Reached> audiences = audiences(selection);
        Map<String, Object> values = values(selection, audiences);
        values.put(Params.LIMIT.getName(), (long) limit);
        values.put(Params.OFFSET.getName(), offset);
        return new BoundQuery(
                new First(selection.shape(), audiences.size(), ascending),
                () -> union(selection, ranges(selection, audiences.size()))
                        .orderBy(InboxSelection.order(ascending))
                        .limit(Params.LIMIT)
                        .offset(Params.OFFSET),
                values);
    }

    private record First(Object selection, int audiences, boolean ascending) {}

    BoundQuery all(InboxSelection selection) {
        List<Reached> audiences = audiences(selection);
        return new BoundQuery(
                new All(selection.shape(), audiences.size()),
                () -> union(selection, ranges(selection, audiences.size())),
                values(selection, audiences));
    }

    private record All(Object selection, int audiences) {}

    BoundQuery among(List<Long> positions, InboxSelection selection) {
        InboxSelection listed = selection.within(positions);
        AudienceSet set = selection.audiences();
        return new BoundQuery(
                new Among(listed.shape()),
                () -> union(
                        listed,
                        set.isEmpty()
                                ? List.of()
                                : List.of(new Range(
                                        (column, position, window) -> flavour.isAmong(column.plus(inline(0L)), set)
                                                .and(window.holds(position)),
                                        InboxSelection.ReadMarkCounts.NOTHING))),
                listed.values(flavour));
    }

    private record Among(Object selection) {}

    /** An audience, and what is known of it. */
    private record Reached(long audience, long marks, long named) {}

    private Map<String, Object> values(InboxSelection selection, List<Reached> reached) {
        Map<String, Object> values = selection.values(flavour);
        for (int i = 0; i < reached.size(); i++) {
            values.put(audience(i).getName(), reached.get(i).audience());
            values.put(known(i).marks().getName(), reached.get(i).marks());
            values.put(known(i).named().getName(), reached.get(i).named());
        }
        return values;
    }

    private static Param<Long> audience(int index) {
        return param("audience" + index, Long.class);
    }

    private static InboxSelection.ReadMarkCounts known(int index) {
        return new InboxSelection.ReadMarkCounts(param("marks" + index, Long.class), param("named" + index, Long.class));
    }

    /** Of unread notifications only those that have some. */
    private List<Reached> audiences(InboxSelection selection) {
        AudienceSet set = selection.audiences();
        if (set.isEmpty()) {
            return List.of();
        }
        if (selection.wantsUnread()) {
            BoundQuery unread = new BoundQuery(
                    new Reaching(set.shape(), true), () -> bulkCounts.unread(set), flavour.values(selection.recipient()));
            return reads.fetch(unread, row -> new Reached(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        BoundQuery all = new BoundQuery(
                new Reaching(set.shape(), false), () -> flavour.numbers(set), flavour.values(selection.recipient()));
        return reads.fetch(all, row -> new Reached(row.getLong(1), 1, 1));
    }

    private record Reaching(Object audiences, boolean unread) {}

    /** A part of a way, and what is known of it. */
    private record Range(InboxSelection.Part part, InboxSelection.ReadMarkCounts known) {}

    /** One an audience. */
    private List<Range> ranges(InboxSelection selection, int audiences) {
        if (audiences > MAX_PARTS) {
            return List.of(new Range(
                    (column, position, window) ->
                            flavour.isAmong(column, selection.audiences()).and(window.holds(unindexed(position))),
                    InboxSelection.ReadMarkCounts.NOTHING));
        }
        return IntStream.range(0, audiences)
                .mapToObj(i -> new Range(
                        (column, position, window) -> column.eq(audience(i)).and(window.holds(position)), known(i)))
                .toList();
    }

    /** Or else the planner may walk the primary key, through everybody's. */
    private static Field<Long> unindexed(Field<Long> position) {
        return position.plus(inline(0L));
    }

    private SelectOrderByStep<Record1<Long>> union(InboxSelection selection, List<Range> ranges) {
        List<SelectOrderByStep<Record1<Long>>> selects = new ArrayList<>();
        if (selection.byName()) {
            selects.add(selection.named(flavour));
        }
        ranges.forEach(range ->
                selects.add(selection.reached(range.part(), range.known(), flavour).select()));
        if (selects.isEmpty()) {
            return select(NOTIFICATION.POS).from(NOTIFICATION).where(falseCondition());
        }
        SelectOrderByStep<Record1<Long>> union = selects.getFirst();
        for (Select<Record1<Long>> select : selects.subList(1, selects.size())) {
            union = union.union(select);
        }
        return union;
    }
}
