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
    private final Templates reads;
    private final SqliteTallies tallies;

    SqlitePages(Sqlite flavour, SqliteTallies tallies, Templates reads) {
        this.flavour = flavour;
        this.reads = reads;
        this.tallies = tallies;
    }

    BoundSelect first(Ways ways, boolean ascending, long offset, int limit) {
        List<Reached> audiences = audiences(ways);
        Map<String, Object> values = values(ways, audiences);
        values.put(Params.LIMIT.getName(), (long) limit);
        values.put(Params.OFFSET.getName(), offset);
        return new BoundSelect(
                new First(ways.shape(), audiences.size(), ascending),
                () -> union(ways, ranges(ways, audiences.size()))
                        .orderBy(Ways.order(ascending))
                        .limit(Params.LIMIT)
                        .offset(Params.OFFSET),
                values);
    }

    private record First(Object ways, int audiences, boolean ascending) {}

    BoundSelect all(Ways ways) {
        List<Reached> audiences = audiences(ways);
        return new BoundSelect(
                new All(ways.shape(), audiences.size()),
                () -> union(ways, ranges(ways, audiences.size())),
                values(ways, audiences));
    }

    private record All(Object ways, int audiences) {}

    BoundSelect among(List<Long> positions, Ways ways) {
        Ways listed = ways.within(positions);
        AudienceSet set = ways.audiences();
        return new BoundSelect(
                new Among(listed.shape()),
                () -> union(
                        listed,
                        set.isEmpty()
                                ? List.of()
                                : List.of(new Range(
                                        (column, position, window) -> flavour.isAmong(column.plus(inline(0L)), set)
                                                .and(window.holds(position)),
                                        Ways.Known.NOTHING))),
                listed.values(flavour));
    }

    private record Among(Object ways) {}

    /** An audience, and what is known of it. */
    private record Reached(long audience, long marks, long named) {}

    private Map<String, Object> values(Ways ways, List<Reached> reached) {
        Map<String, Object> values = ways.values(flavour);
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

    private static Ways.Known known(int index) {
        return new Ways.Known(param("marks" + index, Long.class), param("named" + index, Long.class));
    }

    /** Of unread notifications only those that have some. */
    private List<Reached> audiences(Ways ways) {
        AudienceSet set = ways.audiences();
        if (set.isEmpty()) {
            return List.of();
        }
        if (ways.wantsUnread()) {
            BoundSelect unread = new BoundSelect(
                    new Reaching(set.shape(), true), () -> tallies.unread(set), flavour.values(ways.recipient()));
            return reads.fetch(unread, row -> new Reached(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        BoundSelect all = new BoundSelect(
                new Reaching(set.shape(), false), () -> flavour.numbers(set), flavour.values(ways.recipient()));
        return reads.fetch(all, row -> new Reached(row.getLong(1), 1, 1));
    }

    private record Reaching(Object audiences, boolean unread) {}

    /** A part of a way, and what is known of it. */
    private record Range(Ways.Part part, Ways.Known known) {}

    /** One an audience. */
    private List<Range> ranges(Ways ways, int audiences) {
        if (audiences > MAX_PARTS) {
            return List.of(new Range(
                    (column, position, window) ->
                            flavour.isAmong(column, ways.audiences()).and(window.holds(unindexed(position))),
                    Ways.Known.NOTHING));
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

    private SelectOrderByStep<Record1<Long>> union(Ways ways, List<Range> ranges) {
        List<SelectOrderByStep<Record1<Long>>> selects = new ArrayList<>();
        if (ways.byName()) {
            selects.add(ways.named(flavour));
        }
        ranges.forEach(range ->
                selects.add(ways.reached(range.part(), range.known(), flavour).select()));
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
