package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Lists what reaches a recipient, and counts it by looking. */
final class Lists {

    private static final Field<String> TEXT = field(name("text"), String.class);

    private final DSLContext reads;
    private final Flavour flavour;
    private final Search search;

    Lists(DSLContext reads, Flavour flavour) {
        this.reads = reads;
        this.flavour = flavour;
        this.search = new Search(reads, flavour);
    }

    List<Delivery> page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        return order.field() == Order.Field.CREATED
                ? byPosition(new Ways(recipient, filter, Window.of(filter)), order, offset, limit)
                : byText(recipient, filter, order, noCondition(), offset, limit);
    }

    List<Delivery> following(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        long position = Positions.of(last.id());
        return order.field() == Order.Field.CREATED
                ? byPosition(
                        new Ways(recipient, filter, Window.of(filter).behind(position, order.ascending())),
                        order,
                        0,
                        limit)
                : byText(recipient, filter, order, behind(order, last.text(), position), 0, limit);
    }

    long count(Recipient recipient, Filter filter) {
        Table<Record1<Long>> positions =
                all(new Ways(recipient, filter, Window.of(filter))).asTable("found");
        return reads.fetchSingle(selectCount().from(positions)).value1();
    }

    /** One of which the recipient is known to be an addressee. */
    Optional<Delivery> at(Recipient recipient, long position) {
        Table<Record1<Long>> positions = flavour.listed(List.of(position)).asTable("found");
        return fetch(Rows.at(positions, recipient.user())).stream().findFirst();
    }

    private Select<Record1<Long>> first(Ways ways, boolean ascending, long offset, int limit) {
        return ways.filter().text() == null
                ? flavour.first(ways, ascending, offset, limit)
                : search.first(ways, ascending, offset, limit);
    }

    private Select<Record1<Long>> all(Ways ways) {
        return ways.filter().text() == null ? flavour.all(ways) : search.all(ways);
    }

    /** The positions first, from indexes alone; the rows only of what is on the page. */
    private List<Delivery> byPosition(Ways ways, Order order, long offset, int limit) {
        Table<Record1<Long>> positions =
                first(ways, order.ascending(), offset, limit).asTable("found");
        return fetch(Rows.at(positions, ways.recipient().user()).orderBy(direction(NOTIFICATION.POS, order)));
    }

    /** No index is in this order, so the texts of everything that was found are sorted; rows only of what is on the page. */
    private List<Delivery> byText(
            Recipient recipient, Filter filter, Order order, Condition behind, long offset, int limit) {
        Table<Record1<Long>> found =
                all(new Ways(recipient, filter, Window.of(filter))).asTable("every");
        Field<Long> position = found.field(Ways.POSITION);
        Field<String> text = column(order.field());
        Table<Record2<Long, String>> keyed = select(
                        position.as(Ways.POSITION),
                        field(select(text).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)))
                                .as(TEXT))
                .from(found)
                // Looked up once a row, and not anew by each comparison: that, too, led to a join with the whole table.
                .offset(inline(0))
                .asTable("keyed");
        Table<Record1<Long>> page = select(Ways.POSITION)
                .from(keyed)
                .where(behind)
                .orderBy(byText(TEXT, order), direction(Ways.POSITION, order))
                // A literal, or else a plan for any limit reckons with a tenth of the inbox and joins the whole table.
                .limit(inline(limit))
                .offset(offset)
                .asTable("found");
        return fetch(Rows.at(page, recipient.user()).orderBy(byText(text, order), direction(NOTIFICATION.POS, order)));
    }

    private static SortField<String> byText(Field<String> text, Order order) {
        return order.ascending() ? text.asc().nullsLast() : text.desc().nullsFirst();
    }

    private List<Delivery> fetch(Select<? extends Record> rows) {
        return reads.fetch(rows).map(Rows::delivery);
    }

    private static <T> SortField<T> direction(Field<T> field, Order order) {
        return order.ascending() ? field.asc() : field.desc();
    }

    /** What comes after a text and a position: no text is last in ascending order and first in descending order. */
    private static Condition behind(Order order, @Nullable String text, long position) {
        Condition samePlace = order.ascending() ? Ways.POSITION.gt(position) : Ways.POSITION.lt(position);
        if (text == null) {
            Condition without = TEXT.isNull().and(samePlace);
            return order.ascending() ? without : without.or(TEXT.isNotNull());
        }
        Condition equal = TEXT.eq(text).and(samePlace);
        return order.ascending()
                ? TEXT.gt(text).or(equal).or(TEXT.isNull())
                : TEXT.lt(text).or(equal);
    }

    private static Field<String> column(Order.Field field) {
        return switch (field) {
            case TITLE -> NOTIFICATION.TITLE;
            case MESSAGE -> NOTIFICATION.MESSAGE;
            case TOPIC -> NOTIFICATION.TOPIC;
            case ORIGIN -> NOTIFICATION.ORIGIN;
            case CREATED -> throw new IllegalArgumentException("created is no text");
        };
    }
}
