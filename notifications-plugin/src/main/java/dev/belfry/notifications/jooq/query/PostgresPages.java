package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.counts.PostgresCounters.AUDIENCE;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.AUDIENCES;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.AUDIENCES_AUDIENCE;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.COUNTED;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.OWN;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.READ;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.TOTAL;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.counted;
import static dev.belfry.notifications.jooq.counts.PostgresCounters.sumOf;
import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static dev.belfry.notifications.jooq.schema.Tables.READ_MARK;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;
import static org.jooq.impl.DSL.with;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.counts.PostgresCounters;
import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Row2;
import org.jooq.Select;
import org.jooq.SelectOrderByStep;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/**
 * A page of an inbox on PostgreSQL. Each branch reads its first rows in the order of an index. The branches are merged, and a
 * notification that is in both is grouped, no further than the page needs.
 */
final class PostgresPages {

    private static final Param<Long> MAX_ROWS = param("max_rows", Long.class);

    /** The audiences that the page is read from. */
    private static final Field<Long> SELECTED_AUDIENCE = field(name("selected", "audience"), Long.class);

    private static final Field<Long> UNREAD = field(name("selected", "unread"), Long.class);
    private static final ReadMarkCounts READ_MARK_COUNTS = new ReadMarkCounts(
            field(name("selected", "marks"), Long.class), field(name("selected", "named"), Long.class));

    private static final Field<Long> PAGE_POSITION = field(name("page", "pos"), Long.class);

    /** The read flag of the row that names the reader; null if the reader is not named. */
    private static final Field<Integer> FLAG = field(name("page", "flag"), Integer.class);

    private final ListParameters lists;

    PostgresPages(ListParameters lists) {
        this.lists = lists;
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(String what, Object selection, boolean ascending, boolean firstPage, int limit) {}

    /** A page. The limit of the first page is inlined: a plan for any limit assumes a tenth of the table. */
    private record Slice(InboxSelection selection, boolean ascending, boolean firstPage, int limit) {
        Param<Long> maxRows() {
            return firstPage ? inline((long) limit) : MAX_ROWS;
        }

        <T> SortField<T> inOrder(Field<T> column) {
            return ascending ? column.asc() : column.desc();
        }

        CacheKey cacheKey(String what) {
            return new CacheKey(what, selection.cacheKey(), ascending, firstPage, limit);
        }
    }

    /** The positions of the page. */
    BoundQuery positions(InboxSelection selection, boolean ascending, long offset, int limit) {
        Slice slice = new Slice(selection, ascending, offset == 0, limit);
        return new BoundQuery(slice.cacheKey("positions"), () -> positions(slice), values(selection, offset, limit));
    }

    /** The rows of the page with the counts; a single row with the counts alone if the page is empty. */
    BoundQuery withCounts(InboxSelection selection, boolean ascending, long offset, int limit) {
        Slice slice = new Slice(selection, ascending, offset == 0, limit);
        return new BoundQuery(slice.cacheKey("with counts"), () -> withCounts(slice), values(selection, offset, limit));
    }

    private Map<String, Object> values(InboxSelection selection, long offset, int limit) {
        Map<String, Object> values = selection.values(lists);
        values.put(MAX_ROWS.getName(), Math.min(Long.MAX_VALUE - limit, offset) + limit);
        values.put(Params.OFFSET.getName(), offset);
        return values;
    }

    private Select<Record1<Long>> positions(Slice slice) {
        Field<Long> position = field(name("pos"), Long.class);
        return with(audiences(slice.selection()))
                .with(counted())
                .select(position)
                .from(page(slice));
    }

    private Select<? extends Record> withCounts(Slice slice) {
        Field<Long> total = field(name("counts", "total"), Long.class);
        Field<Long> read = field(name("counts", "read"), Long.class);
        Field<Long> changes = field(name("counts", "changes"), Long.class);
        Table<?> counts = PostgresCounters.sumOfCounted().asTable("counts");
        return with(audiences(slice.selection()))
                .with(counted())
                .select(NotificationRows.columns(isRead(slice.selection())))
                .select(total, read, changes)
                .from(counts)
                .leftJoin(slice.selection().filter().text() == null ? page(slice) : matches(slice))
                .on(inline(true))
                .leftJoin(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(PAGE_POSITION))
                .orderBy(slice.inOrder(PAGE_POSITION));
    }

    /** The read marks are looked up only for notifications that do not name the reader. */
    private static Field<Integer> isRead(InboxSelection selection) {
        if (selection.filter().read() != null) {
            return inline(selection.filter().read() ? 1 : 0);
        }
        Field<Integer> marked = field(select(inline(1))
                .from(READ_MARK)
                .where(READ_MARK.USER_REF.eq(Params.READER))
                .and(READ_MARK.AUDIENCE.eq(NOTIFICATION.AUDIENCE))
                .and(READ_MARK.POS.eq(NOTIFICATION.POS)));
        return when(FLAG.isNotNull(), FLAG).otherwise(coalesce(marked, inline(0)));
    }

    private CommonTableExpression<?> audiences(InboxSelection selection) {
        AudienceSet set = selection.audiences();
        return PostgresCounters.audiences(
                (selection.includesNamed() ? set.with(AudienceSet.NOBODY) : set).numbers(lists));
    }

    /** Matches of the text among the first notifications of the inbox, which is read no further than the page needs. */
    private Table<?> matches(Slice slice) {
        Table<?> seen =
                page(new Slice(slice.selection().withoutText(), slice.ascending(), true, InboxSql.FIRST_SEARCHED));
        return select(PAGE_POSITION, FLAG)
                .from(seen)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(PAGE_POSITION))
                .where(InboxSelection.hasText(NOTIFICATION.FOLDED))
                .orderBy(slice.inOrder(PAGE_POSITION))
                .limit(inline(slice.limit()))
                .offset(Params.OFFSET)
                .asTable("page");
    }

    private Table<?> page(Slice slice) {
        Field<Long> position = field(name("branch", "pos"), Long.class);
        Field<Integer> flag = field(name("branch", "flag"), Integer.class);
        var grouped = select(position, max(flag).as("flag"))
                .from(branches(slice).asTable("branch", "pos", "flag"))
                .groupBy(position)
                .orderBy(slice.inOrder(position))
                .limit(inline(slice.limit()));
        return (slice.firstPage() ? grouped : grouped.offset(Params.OFFSET)).asTable("page");
    }

    private Select<Record2<Long, Integer>> branches(Slice slice) {
        List<SelectOrderByStep<Record2<Long, Integer>>> branches = new ArrayList<>();
        if (slice.selection().includesNamed()) {
            branches.add(named(slice));
        }
        if (!slice.selection().audiences().isEmpty()) {
            branches.add(byAudience(slice));
        }
        return branches.size() == 1 ? branches.getFirst() : branches.getFirst().unionAll(branches.getLast());
    }

    private SelectOrderByStep<Record2<Long, Integer>> named(Slice slice) {
        Table<?> named = select(ADDRESSEE.POS, ADDRESSEE.READ)
                .from(ADDRESSEE)
                .where(slice.selection().isNamed(lists))
                .orderBy(slice.inOrder(ADDRESSEE.POS))
                .limit(slice.maxRows())
                .asTable("named", "pos", "flag");
        return select(field(name("named", "pos"), Long.class), field(name("named", "flag"), Integer.class))
                .from(named);
    }

    private SelectOrderByStep<Record2<Long, Integer>> byAudience(Slice slice) {
        InboxSelection selection = slice.selection();
        InboxSelection.Branch branch = selection.byAudience(PostgresPages::inIndexOrder, READ_MARK_COUNTS, lists);
        Table<?> byAudience = branch.select()
                .orderBy(slice.inOrder(branch.audience()), slice.inOrder(branch.position()))
                .limit(selection.wantsUnread() ? least(slice.maxRows(), UNREAD) : slice.maxRows())
                .asTable("by_audience", "pos");
        return select(field(name("by_audience", "pos"), Long.class), castNull(SQLDataType.INTEGER))
                .from(selectedAudiences(selection))
                .crossJoin(lateral(byAudience));
    }

    /**
     * The audiences that have matching notifications. The counters tell how many are unread, and whether the reader has read marks
     * or is named there, so nothing is looked up that does not exist.
     */
    private static Table<?> selectedAudiences(InboxSelection selection) {
        if (selection.filter().read() == null) {
            return select(AUDIENCES_AUDIENCE)
                    .from(AUDIENCES)
                    .where(AUDIENCES_AUDIENCE.ne(inline(AudienceSet.NOBODY)))
                    .asTable("selected", "audience");
        }
        Field<Long> unread = sumOf(TOTAL).minus(sumOf(READ));
        return select(AUDIENCE, unread, sumOf(READ), sumOf(OWN).neg())
                .from(COUNTED)
                .where(AUDIENCE.ne(inline(AudienceSet.NOBODY)))
                .groupBy(AUDIENCE)
                .having((selection.wantsUnread() ? unread : sumOf(READ)).gt(inline(0L)))
                .asTable("selected", "audience", "unread", "marks", "named");
    }

    /**
     * Compares rows, so that only the index on (audience, pos) fits. With "audience = ..., order by pos" the planner may scan the
     * primary key through newer notifications of other audiences.
     */
    private static Condition inIndexOrder(Field<Long> audience, Field<Long> position, PositionRange range) {
        Row2<Long, Long> key = row(audience, position);
        return key.gt(row(SELECTED_AUDIENCE, Params.AFTER)).and(key.lt(row(SELECTED_AUDIENCE, Params.BEFORE)));
    }
}
