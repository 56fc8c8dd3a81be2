package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.counts.SqliteCounters;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.jooq.statement.StatementCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;

/**
 * Reads an inbox on SQLite, in one compound select. Each part reads an index in order, and SQLite merges them no further than the
 * limit.
 */
public final class SqliteInboxSql implements InboxSql {

    /** SQLite allows 500 (SQLITE_MAX_COMPOUND_SELECT). */
    private static final int MAX_PARTS = 400;

    private final ListParameters lists;
    private final SqliteCounters counters;
    private final StatementCache statements;

    public SqliteInboxSql(ListParameters lists, SqliteCounters counters, StatementCache statements) {
        this.lists = lists;
        this.counters = counters;
        this.statements = statements;
    }

    @Override
    public BoundQuery page(InboxSelection selection, boolean ascending, long offset, int limit) {
        List<Audience> audiences = audiences(selection);
        Map<String, Object> values = values(selection, audiences);
        values.put(Params.LIMIT.getName(), (long) limit);
        values.put(Params.OFFSET.getName(), offset);
        return new BoundQuery(
                new PageKey(selection.cacheKey(), audiences.size(), ascending),
                () -> union(selection, parts(selection, audiences.size()))
                        .orderBy(InboxSelection.order(ascending))
                        .limit(Params.LIMIT)
                        .offset(Params.OFFSET),
                values);
    }

    /** Everything that changes the SQL text. */
    private record PageKey(Object selection, int audiences, boolean ascending) {}

    /** Two statements are as fast: there is no round trip. */
    @Override
    public Optional<BoundQuery> pageWithCounts(InboxSelection selection, boolean ascending, long offset, int limit) {
        return Optional.empty();
    }

    @Override
    public BoundQuery unread(InboxSelection selection, int count) {
        return page(selection, false, 0, count);
    }

    @Override
    public BoundQuery all(InboxSelection selection) {
        List<Audience> audiences = audiences(selection);
        return new BoundQuery(
                new AllKey(selection.cacheKey(), audiences.size()),
                () -> union(selection, parts(selection, audiences.size())),
                values(selection, audiences));
    }

    private record AllKey(Object selection, int audiences) {}

    @Override
    public BoundQuery among(List<Long> positions, InboxSelection selection) {
        InboxSelection listed = selection.among(positions);
        AudienceSet set = selection.audiences();
        return new BoundQuery(
                new AmongKey(listed.cacheKey()),
                () -> union(
                        listed,
                        set.isEmpty()
                                ? List.of()
                                : List.of(new Part(
                                        (audience, position, range) -> set.contains(unindexed(audience), lists)
                                                .and(range.contains(position)),
                                        ReadMarkCounts.UNKNOWN))),
                listed.values(lists));
    }

    private record AmongKey(Object selection) {}

    /** An audience, with the values of {@link ReadMarkCounts}. */
    private record Audience(long audience, long marks, long named) {}

    private Map<String, Object> values(InboxSelection selection, List<Audience> audiences) {
        Map<String, Object> values = selection.values(lists);
        for (int i = 0; i < audiences.size(); i++) {
            values.put(audience(i).getName(), audiences.get(i).audience());
            values.put(readMarkCounts(i).marks().getName(), audiences.get(i).marks());
            values.put(readMarkCounts(i).named().getName(), audiences.get(i).named());
        }
        return values;
    }

    private static Param<Long> audience(int index) {
        return param("audience" + index, Long.class);
    }

    private static ReadMarkCounts readMarkCounts(int index) {
        return new ReadMarkCounts(param("marks" + index, Long.class), param("named" + index, Long.class));
    }

    /** The recipient's audiences; for unread notifications only audiences that have some. */
    private List<Audience> audiences(InboxSelection selection) {
        AudienceSet set = selection.audiences();
        if (set.isEmpty()) {
            return List.of();
        }
        if (selection.wantsUnread()) {
            BoundQuery unread = new BoundQuery(
                    new AudiencesKey(set.cacheKey(), true),
                    () -> counters.audiencesWithUnread(set),
                    lists.of(selection.recipient()));
            return statements.fetch(unread, row -> new Audience(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
        BoundQuery all = new BoundQuery(
                new AudiencesKey(set.cacheKey(), false), () -> set.numbers(lists), lists.of(selection.recipient()));
        return statements.fetch(all, row -> new Audience(row.getLong(1), 1, 1));
    }

    private record AudiencesKey(Object audiences, boolean unread) {}

    /** A part of the branch by audience. */
    private record Part(InboxSelection.AudienceCondition condition, ReadMarkCounts counts) {}

    /** One part per audience; a single part for all of them if they are too many. */
    private List<Part> parts(InboxSelection selection, int audiences) {
        if (audiences > MAX_PARTS) {
            return List.of(new Part(
                    (audience, position, range) ->
                            selection.audiences().contains(audience, lists).and(range.contains(unindexed(position))),
                    ReadMarkCounts.UNKNOWN));
        }
        return IntStream.range(0, audiences)
                .mapToObj(i -> new Part(
                        (audience, position, range) -> audience.eq(audience(i)).and(range.contains(position)),
                        readMarkCounts(i)))
                .toList();
    }

    /** Keeps the planner from using an index on the column. */
    private static Field<Long> unindexed(Field<Long> column) {
        return column.plus(inline(0L));
    }

    private SelectOrderByStep<Record1<Long>> union(InboxSelection selection, List<Part> parts) {
        List<SelectOrderByStep<Record1<Long>>> selects = new ArrayList<>();
        if (selection.includesNamed()) {
            selects.add(selection.named(lists));
        }
        parts.forEach(part -> selects.add(
                selection.byAudience(part.condition(), part.counts(), lists).select()));
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
