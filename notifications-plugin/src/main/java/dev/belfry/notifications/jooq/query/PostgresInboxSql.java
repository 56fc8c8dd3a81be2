package dev.belfry.notifications.jooq.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;

/** Reads an inbox on PostgreSQL. A round trip costs most, so one statement does everything. */
public final class PostgresInboxSql implements InboxSql {

    private static final Field<Long> SELECTED_AUDIENCE = field(name("selected", "audience"), Long.class);

    private static final int MIN_UNREAD = 64;
    private static final int MAX_POWER = 1 << 29;

    private final ListParameters lists;
    private final PostgresPages pages;

    public PostgresInboxSql(ListParameters lists) {
        this.lists = lists;
        this.pages = new PostgresPages(lists);
    }

    @Override
    public BoundQuery page(InboxSelection selection, boolean ascending, long offset, int limit) {
        return pages.positions(selection, ascending, offset, limit);
    }

    @Override
    public Optional<BoundQuery> pageWithCounts(InboxSelection selection, boolean ascending, long offset, int limit) {
        return Optional.of(pages.withCounts(selection, ascending, offset, limit));
    }

    /** The limit is rounded, because it is a part of the text. The counters limit each audience to its unread ones. */
    @Override
    public BoundQuery unread(InboxSelection selection, int count) {
        return pages.positions(selection, false, 0, roundedUp(count));
    }

    private static int roundedUp(int count) {
        int power = Integer.highestOneBit(Math.max(count, MIN_UNREAD));
        return power < count ? Math.min(power, MAX_POWER) * 2 : power;
    }

    /** The offset keeps the planner from flattening this into one join, and so from reading the whole table. */
    @Override
    public BoundQuery all(InboxSelection selection) {
        return new BoundQuery(new All(selection.cacheKey()), () -> union(selection), selection.values(lists));
    }

    private record All(Object selection) {}

    private Select<Record1<Long>> union(InboxSelection selection) {
        List<SelectOrderByStep<Record1<Long>>> branches = new ArrayList<>();
        if (selection.includesNamed()) {
            branches.add(selection.named(lists));
        }
        AudienceSet audiences = selection.audiences();
        if (!audiences.isEmpty()) {
            InboxSelection.Branch ofEach = selection.byAudience(
                    (audience, position, range) ->
                            audience.eq(SELECTED_AUDIENCE).and(range.contains(position)),
                    ReadMarkCounts.UNKNOWN,
                    lists);
            branches.add(select(field(name("by_audience", "pos"), Long.class))
                    .from(audiences.numbers(lists).asTable("selected", "audience"))
                    .crossJoin(lateral(ofEach.select().offset(inline(0)).asTable("by_audience"))));
        }
        return branches.size() == 1 ? branches.getFirst() : branches.getFirst().union(branches.getLast());
    }

    @Override
    public BoundQuery among(List<Long> positions, InboxSelection selection) {
        InboxSelection listed = selection.among(positions);
        return new BoundQuery(new Among(listed.cacheKey()), () -> among(listed), listed.values(lists));
    }

    private record Among(Object selection) {}

    private Select<Record1<Long>> among(InboxSelection listed) {
        List<Select<Record1<Long>>> branches = new ArrayList<>();
        if (listed.includesNamed()) {
            branches.add(listed.named(lists));
        }
        AudienceSet audiences = listed.audiences();
        if (!audiences.isEmpty()) {
            InboxSelection.Branch branch = listed.byAudience(
                    (audience, position, range) ->
                            audiences.contains(audience, lists).and(range.contains(position)),
                    ReadMarkCounts.UNKNOWN,
                    lists);
            branches.add(branch.select());
        }
        return branches.size() == 1 ? branches.getFirst() : branches.getFirst().union(branches.getLast());
    }
}
