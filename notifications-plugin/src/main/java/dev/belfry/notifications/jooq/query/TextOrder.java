package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Pages in the order of a text. No index has such an order, so a query sorts the texts of all its notifications, and reads the
 * rows of the page only.
 *
 * @param last where the page continues; null = at the offset
 */
record TextOrder(Order order, @Nullable SeekPosition last, long offset, int limit) {

    private static final Field<String> TEXT = field(name("text"), String.class);

    /** Builds the outer query over a page, which has the columns {@link Params#POSITION} and {@link #TEXT}. */
    @FunctionalInterface
    private interface OverPage {
        Select<? extends Record> select(Table<Record2<Long, String>> page);
    }

    /** Everything that changes the SQL text. */
    private record CacheKey(
            String what, Order order, int limit, @Nullable Boolean afterText) {}

    /** The rows of the page. */
    BoundQuery rows(BoundQuery all, Map<String, Object> reader) {
        return page(
                "rows",
                all,
                reader,
                page -> NotificationRows.at(page).orderBy(byText(column(order.field())), byPosition(NOTIFICATION.POS)));
    }

    /** The positions of the page. */
    BoundQuery positions(BoundQuery all, Map<String, Object> reader) {
        return page(
                "positions",
                all,
                reader,
                page -> select(Params.POSITION).from(page).orderBy(byText(TEXT), byPosition(Params.POSITION)));
    }

    private BoundQuery page(String what, BoundQuery all, Map<String, Object> reader, OverPage outer) {
        Map<String, Object> values = new HashMap<>(reader);
        values.put(Params.OFFSET.getName(), offset);
        boolean hasText = last != null && last.text() != null;
        if (last != null) {
            values.put(Params.LAST_POSITION.getName(), SortKeys.of(last.id()));
        }
        if (last != null && last.text() != null) {
            values.put(Params.LAST_TEXT.getName(), last.text());
        }
        return all.nestedIn(
                new CacheKey(what, order, limit, last == null ? null : hasText),
                every -> outer.select(page(every, last == null ? noCondition() : isBehind(hasText))),
                values);
    }

    private Table<Record2<Long, String>> page(Table<Record1<Long>> every, Condition behind) {
        Field<Long> position = Objects.requireNonNull(every.field(Params.POSITION));
        Field<String> text = column(order.field());
        Table<Record2<Long, String>> keyed = select(
                        position.as(Params.POSITION),
                        field(select(text).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)))
                                .as(TEXT))
                .from(every)
                // Evaluates the subquery once per row, not per comparison; without it the planner joins the whole
                // table.
                .offset(inline(0))
                .asTable("keyed");
        return select(Params.POSITION, TEXT)
                .from(keyed)
                .where(behind)
                .orderBy(byText(TEXT), byPosition(Params.POSITION))
                // Inlined: a plan for any limit assumes a tenth of the inbox, and joins the whole table.
                .limit(inline(limit))
                .offset(Params.OFFSET)
                .asTable("page");
    }

    private SortField<String> byText(Field<String> text) {
        return order.ascending() ? text.asc().nullsLast() : text.desc().nullsFirst();
    }

    private SortField<Long> byPosition(Field<Long> position) {
        return order.ascending() ? position.asc() : position.desc();
    }

    /** Null is last in ascending order and first in descending order. */
    private Condition isBehind(boolean hasText) {
        Condition samePosition =
                order.ascending() ? Params.POSITION.gt(Params.LAST_POSITION) : Params.POSITION.lt(Params.LAST_POSITION);
        if (!hasText) {
            Condition without = TEXT.isNull().and(samePosition);
            return order.ascending() ? without : without.or(TEXT.isNotNull());
        }
        Condition equal = TEXT.eq(Params.LAST_TEXT).and(samePosition);
        return order.ascending()
                ? TEXT.gt(Params.LAST_TEXT).or(equal).or(TEXT.isNull())
                : TEXT.lt(Params.LAST_TEXT).or(equal);
    }

    private static Field<String> column(Order.Field field) {
        return switch (field) {
            case TITLE -> NOTIFICATION.TITLE;
            case MESSAGE -> NOTIFICATION.MESSAGE;
            case TOPIC -> NOTIFICATION.TOPIC;
            case ORIGIN -> NOTIFICATION.ORIGIN;
            case CREATED -> throw new IllegalArgumentException("created is not a string");
        };
    }
}
