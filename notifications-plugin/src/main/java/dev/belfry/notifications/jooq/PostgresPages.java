package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.PostgresCounters.AUDIENCE;
import static dev.belfry.notifications.jooq.PostgresCounters.COUNTED;
import static dev.belfry.notifications.jooq.PostgresCounters.OWN;
import static dev.belfry.notifications.jooq.PostgresCounters.READ;
import static dev.belfry.notifications.jooq.PostgresCounters.TOTAL;
import static dev.belfry.notifications.jooq.PostgresCounters.TOUCHED;
import static dev.belfry.notifications.jooq.PostgresCounters.TOUCHED_AUDIENCE;
import static dev.belfry.notifications.jooq.PostgresCounters.counted;
import static dev.belfry.notifications.jooq.PostgresCounters.sumOf;
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
 * The beginning of an inbox on PostgreSQL. Each way has its first in the order of an index; they are merged, and what came by
 * two ways is grouped, as far as the page goes and no farther.
 */
final class PostgresPages {

    private static final Param<Long> AT_MOST = param("at_most", Long.class);

    /** The audiences in which the page is looked for. */
    private static final Field<Long> TOUCHING = field(name("touching", "audience"), Long.class);

    private static final Field<Long> UNREAD = field(name("touching", "unread"), Long.class);
    private static final InboxSelection.ReadMarkCounts KNOWN =
            new InboxSelection.ReadMarkCounts(field(name("touching", "marks"), Long.class), field(name("touching", "named"), Long.class));

    private static final Field<Long> PAGE_POSITION = field(name("page", "pos"), Long.class);

    /** Whether the row that names the reader says read; null where no row does. */
    private static final Field<Integer> FLAG = field(name("page", "flag"), Integer.class);

    private final Postgres flavour;

    PostgresPages(Postgres flavour) {
        this.flavour = flavour;
    }

    private record CacheKey(String what, Object selection, boolean ascending, boolean fromBegin, int limit) {}

    /** How a page is cut. The limit is inlined where it is that of few: else the plan reckons with a tenth of the table. */
    private record Cut(InboxSelection selection, boolean ascending, boolean fromBegin, int limit) {
        Param<Long> atMost() {
            return fromBegin ? inline((long) limit) : AT_MOST;
        }

        <T> SortField<T> directed(Field<T> column) {
            return ascending ? column.asc() : column.desc();
        }

        CacheKey shape(String what) {
            return new CacheKey(what, selection.shape(), ascending, fromBegin, limit);
        }
    }

    /** The positions alone. */
    BoundQuery first(InboxSelection selection, boolean ascending, long offset, int limit) {
        Cut cut = new Cut(selection, ascending, offset == 0, limit);
        return new BoundQuery(cut.shape("first"), () -> first(cut), values(selection, offset, limit));
    }

    /** The columns of {@link NotificationRows#at}, and those of {@link CounterTable#counts}; one row without the former where nothing is found. */
    BoundQuery excerpt(InboxSelection selection, boolean ascending, long offset, int limit) {
        Cut cut = new Cut(selection, ascending, offset == 0, limit);
        return new BoundQuery(cut.shape("excerpt"), () -> excerpt(cut), values(selection, offset, limit));
    }

    private Map<String, Object> values(InboxSelection selection, long offset, int limit) {
        Map<String, Object> values = selection.values(flavour);
        values.put(AT_MOST.getName(), Math.min(Long.MAX_VALUE - limit, offset) + limit);
        values.put(Params.OFFSET.getName(), offset);
        return values;
    }

    private Select<Record1<Long>> first(Cut cut) {
        Field<Long> position = field(name("pos"), Long.class);
        return with(touched(cut.selection())).with(counted()).select(position).from(page(cut));
    }

    private Select<? extends Record> excerpt(Cut cut) {
        Field<Long> total = field(name("tally", "total"), Long.class);
        Field<Long> read = field(name("tally", "read"), Long.class);
        Field<Long> changes = field(name("tally", "changes"), Long.class);
        Table<?> counts = PostgresCounters.ofCounted().asTable("tally");
        return with(touched(cut.selection()))
                .with(counted())
                .select(NotificationRows.columns(isRead(cut.selection())))
                .select(total, read, changes)
                .from(counts)
                .leftJoin(cut.selection().filter().text() == null ? page(cut) : hits(cut))
                .on(inline(true))
                .leftJoin(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(PAGE_POSITION))
                .orderBy(cut.directed(PAGE_POSITION));
    }

    /** Only what came by an audience is looked for among the marks. */
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

    private CommonTableExpression<?> touched(InboxSelection selection) {
        AudienceSet set = selection.audiences();
        return PostgresCounters.touched(flavour.numbers(selection.byName() ? set.with(Audiences.NOBODY) : set));
    }

    /** Where a text is looked for, what has it of the first of the inbox. It is read no farther than the page asks for. */
    private Table<?> hits(Cut cut) {
        Table<?> seen = page(new Cut(cut.selection().withoutText(), cut.ascending(), true, TextSearch.FIRST_STEP));
        return select(PAGE_POSITION, FLAG)
                .from(seen)
                .join(NOTIFICATION)
                .on(NOTIFICATION.POS.eq(PAGE_POSITION))
                .where(InboxSelection.hasText(NOTIFICATION.FOLDED))
                .orderBy(cut.directed(PAGE_POSITION))
                .limit(inline(cut.limit()))
                .offset(Params.OFFSET)
                .asTable("page");
    }

    private Table<?> page(Cut cut) {
        Field<Long> position = field(name("way", "pos"), Long.class);
        Field<Integer> flag = field(name("way", "flag"), Integer.class);
        var grouped = select(position, max(flag).as("flag"))
                .from(selection(cut).asTable("way", "pos", "flag"))
                .groupBy(position)
                .orderBy(cut.directed(position))
                .limit(inline(cut.limit()));
        return (cut.fromBegin() ? grouped : grouped.offset(Params.OFFSET)).asTable("page");
    }

    private Select<Record2<Long, Integer>> selection(Cut cut) {
        List<SelectOrderByStep<Record2<Long, Integer>>> parts = new ArrayList<>();
        if (cut.selection().byName()) {
            parts.add(named(cut));
        }
        if (!cut.selection().audiences().isEmpty()) {
            parts.add(reached(cut));
        }
        return parts.size() == 1 ? parts.getFirst() : parts.getFirst().unionAll(parts.getLast());
    }

    private SelectOrderByStep<Record2<Long, Integer>> named(Cut cut) {
        Table<?> named = select(ADDRESSEE.POS, ADDRESSEE.READ)
                .from(ADDRESSEE)
                .where(cut.selection().isNamed(flavour))
                .orderBy(cut.directed(ADDRESSEE.POS))
                .limit(cut.atMost())
                .asTable("named", "pos", "flag");
        return select(field(name("named", "pos"), Long.class), field(name("named", "flag"), Integer.class))
                .from(named);
    }

    private SelectOrderByStep<Record2<Long, Integer>> reached(Cut cut) {
        InboxSelection selection = cut.selection();
        InboxSelection.Branch branch = selection.reached(PostgresPages::inOrder, KNOWN, flavour);
        Table<?> reached = branch.select()
                .orderBy(cut.directed(branch.audience()), cut.directed(branch.position()))
                .limit(selection.wantsUnread() ? least(cut.atMost(), UNREAD) : cut.atMost())
                .asTable("reached", "pos");
        return select(field(name("reached", "pos"), Long.class), castNull(SQLDataType.INTEGER))
                .from(touching(selection))
                .crossJoin(lateral(reached));
    }

    /**
     * Where something is to be found: how much of an audience is unread is known, and so is whether the reader has marked any of
     * it, or is named by any of it. Nobody need look for what is not there.
     */
    private static Table<?> touching(InboxSelection selection) {
        if (selection.filter().read() == null) {
            return select(TOUCHED_AUDIENCE)
                    .from(TOUCHED)
                    .where(TOUCHED_AUDIENCE.ne(inline(Audiences.NOBODY)))
                    .asTable("touching", "audience");
        }
        Field<Long> unread = sumOf(TOTAL).minus(sumOf(READ));
        return select(AUDIENCE, unread, sumOf(READ), sumOf(OWN).neg())
                .from(COUNTED)
                .where(AUDIENCE.ne(inline(Audiences.NOBODY)))
                .groupBy(AUDIENCE)
                .having((selection.wantsUnread() ? unread : sumOf(READ)).gt(inline(0L)))
                .asTable("touching", "audience", "unread", "marks", "named");
    }

    /**
     * As rows are compared, one index alone fits the condition and its order. With "audience = ..., order by pos" the planner
     * may walk the primary key through all that is newer and others', in the hope of meeting this audience soon.
     */
    private static Condition inOrder(Field<Long> audience, Field<Long> position, PositionRange window) {
        Row2<Long, Long> place = row(audience, position);
        return place.gt(row(TOUCHING, Params.AFTER)).and(place.lt(row(TOUCHING, Params.BEFORE)));
    }
}
