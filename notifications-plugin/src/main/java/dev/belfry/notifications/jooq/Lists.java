package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.belfry.notifications.jooq.Rows.Found;
import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Excerpt;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.Condition;
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

    private final Templates reads;
    private final Flavour flavour;
    private final Tallies tallies;
    private final Search search;
    private final Contents contents;

    Lists(Templates reads, Flavour flavour, Tallies tallies, Search search, Contents contents) {
        this.contents = contents;
        this.reads = reads;
        this.flavour = flavour;
        this.tallies = tallies;
        this.search = search;
    }

    Excerpt page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        Ways ways = new Ways(recipient, filter, Window.of(filter));
        return order.field() == Order.Field.CREATED
                ? byPosition(ways, order, offset, limit)
                : excerpt(ways, () -> byText(ways, order, null, offset, limit));
    }

    Excerpt following(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        Ways ways = new Ways(recipient, filter, Window.of(filter));
        return order.field() == Order.Field.CREATED
                ? byPosition(ways.behind(Positions.of(last.id()), order.ascending()), order, 0, limit)
                : excerpt(ways, () -> byText(ways, order, last, 0, limit));
    }

    /** The tally first: what changes in between is then read, and counted when it is asked for again. */
    private Excerpt excerpt(Ways ways, Supplier<List<Found>> read) {
        Tally tally = tallies.tally(reads, ways.recipient(), ways.filter().scope());
        return excerpt(read.get(), tally);
    }

    private Excerpt excerpt(List<Found> found, Tally tally) {
        int fitting = Contents.fitting(found);
        Excerpt.Rest rest = fitting == found.size()
                ? null
                : new Excerpt.Rest(
                        found.size() - fitting,
                        found.getLast().delivery().notification().id());
        return new Excerpt(contents.complete(found.subList(0, fitting)), tally, rest);
    }

    long count(Recipient recipient, Filter filter) {
        BoundSelect counted = all(new Ways(recipient, filter, Window.of(filter)))
                .within("count", found -> selectCount().from(found), Map.of());
        return reads.fetchSingle(counted, row -> row.getLong(1));
    }

    /** One of which the recipient is known to be an addressee. */
    Optional<Delivery> at(Recipient recipient, long position) {
        return at(recipient, List.of(position)).deliveries().stream().findFirst();
    }

    /**
     * Part of what was asked for.
     *
     * @param positions how many of those that were asked for were looked at; some may be gone
     */
    record Part(List<Delivery> deliveries, int positions) {}

    /** In the order of the positions, of which the recipient is known to be an addressee: as many as there is room for. */
    Part at(Recipient recipient, List<Long> positions) {
        BoundSelect listed =
                new BoundSelect("listed", flavour::listed, Map.of(Params.LISTED, flavour.numbers(positions)));
        Map<Long, Found> byPosition = new HashMap<>();
        rows(listed, recipient, Order.NEWEST_FIRST)
                .forEach(row -> byPosition.put(
                        Positions.of(row.delivery().notification().id()), row));
        List<Found> found = positions.stream()
                .flatMap(position -> Stream.ofNullable(byPosition.get(position)))
                .toList();
        int fitting = Contents.fitting(found);
        int lookedAt = fitting == found.size()
                ? positions.size()
                : positions.indexOf(Positions.of(
                        found.get(fitting).delivery().notification().id()));
        return new Part(contents.complete(found.subList(0, fitting)), lookedAt);
    }

    /** Positions in the order of a text, behind a place: they are small enough to hold many. */
    List<Long> positionsBehind(Recipient recipient, Filter filter, Order order, Place last, int limit) {
        Ways ways = new Ways(recipient, filter, Window.of(filter));
        return reads.fetch(sorted(ways, "positions", order, last, 0, limit, Lists::positions), row -> row.getLong(1));
    }

    private static Select<? extends Record> positions(Table<Record2<Long, String>> page, Order order) {
        return select(Ways.POSITION).from(page).orderBy(byText(TEXT, order), direction(Ways.POSITION, order));
    }

    private BoundSelect all(Ways ways) {
        return ways.filter().text() == null ? flavour.all(ways) : search.all(ways);
    }

    /** The positions first, from indexes alone; the rows only of what is on the page. */
    private Excerpt byPosition(Ways ways, Order order, long offset, int limit) {
        if (ways.filter().text() != null) {
            return byText(ways, order, offset, limit);
        }
        return flavour.excerpt(ways, order.ascending(), offset, limit)
                .map(this::withTally)
                .orElseGet(() -> excerpt(ways, () -> read(ways, order, offset, limit)));
    }

    private Excerpt byText(Ways ways, Order order, long offset, int limit) {
        boolean ascending = order.ascending();
        boolean looks = offset < Search.FIRST_STEP;
        Optional<Excerpt> atOnce =
                looks ? flavour.excerpt(ways, ascending, offset, limit).map(this::withTally) : Optional.empty();
        Excerpt seen = atOnce.orElseGet(() -> excerpt(
                ways,
                () -> looks
                        ? rows(search.amongFirst(ways, ascending, offset, limit), ways.recipient(), order)
                        : List.of()));
        // Only in the same snapshot does the tally tell that the first are all.
        boolean areAll = atOnce.isPresent() && seen.tally().count(ways.filter().read()) <= Search.FIRST_STEP;
        if (areAll || seen.rest() != null || seen.deliveries().size() == limit) {
            return seen;
        }
        Optional<BoundSelect> indexed =
                seen.deliveries().isEmpty() ? search.byIndex(ways, ascending, offset, limit) : Optional.empty();
        List<Found> found = indexed.map(positions -> rows(positions, ways.recipient(), order))
                .orElseGet(() -> read(ways, order, offset, limit));
        return excerpt(found, seen.tally());
    }

    private List<Found> read(Ways ways, Order order, long offset, int limit) {
        return rows(flavour.first(ways, order.ascending(), offset, limit), ways.recipient(), order);
    }

    private Excerpt withTally(BoundSelect select) {
        List<Found> found = new ArrayList<>();
        List<Tally> tally = reads.fetch(select, row -> {
            if (row.getString(1) != null) {
                found.add(Rows.found(row));
            }
            return Tallies.read(row, Rows.COLUMNS);
        });
        return excerpt(found, tally.getFirst());
    }

    private List<Found> rows(BoundSelect positions, Recipient recipient, Order order) {
        BoundSelect rows = positions.within(
                new InOrder(order),
                found -> Rows.at(found).orderBy(direction(NOTIFICATION.POS, order)),
                flavour.values(recipient));
        return reads.fetch(rows, Rows::found);
    }

    private record InOrder(Order order) {}

    private record Sorted(
            String what, Order order, int limit, @Nullable Boolean behindText) {}

    /**
     * No index is in this order, so the texts of everything that was found are sorted; rows only of what is on the page.
     *
     * @param last behind which the page begins; null when it begins by its offset
     */
    private List<Found> byText(Ways ways, Order order, @Nullable Place last, long offset, int limit) {
        return reads.fetch(sorted(ways, "rows", order, last, offset, limit, Lists::sortedRows), Rows::found);
    }

    /** Makes a select of a page of positions, which has the columns {@link Ways#POSITION} and {@link #TEXT}. */
    @FunctionalInterface
    private interface OfPage {
        Select<? extends Record> select(Table<Record2<Long, String>> page, Order order);
    }

    private BoundSelect sorted(
            Ways ways, String what, Order order, @Nullable Place last, long offset, int limit, OfPage result) {
        Map<String, Object> values = new HashMap<>(flavour.values(ways.recipient()));
        values.put(Params.OFFSET.getName(), offset);
        boolean hasText = last != null && last.text() != null;
        if (last != null) {
            values.put(Params.LAST_POSITION.getName(), Positions.of(last.id()));
        }
        if (last != null && last.text() != null) {
            values.put(Params.LAST_TEXT.getName(), last.text());
        }
        return all(ways)
                .within(
                        new Sorted(what, order, limit, last == null ? null : hasText),
                        every -> result.select(
                                page(every, order, last == null ? noCondition() : behind(order, hasText), limit),
                                order),
                        values);
    }

    private static Select<? extends Record> sortedRows(Table<Record2<Long, String>> page, Order order) {
        return Rows.at(page).orderBy(byText(column(order.field()), order), direction(NOTIFICATION.POS, order));
    }

    private static Table<Record2<Long, String>> page(
            Table<Record1<Long>> every, Order order, Condition behind, int limit) {
        Field<Long> position = Objects.requireNonNull(every.field(Ways.POSITION));
        Field<String> text = column(order.field());
        Table<Record2<Long, String>> keyed = select(
                        position.as(Ways.POSITION),
                        field(select(text).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)))
                                .as(TEXT))
                .from(every)
                // Looked up once a row, and not anew by each comparison: that, too, led to a join with the whole table.
                .offset(inline(0))
                .asTable("keyed");
        return select(Ways.POSITION, TEXT)
                .from(keyed)
                .where(behind)
                .orderBy(byText(TEXT, order), direction(Ways.POSITION, order))
                // A literal, or else a plan for any limit reckons with a tenth of the inbox and joins the whole table.
                .limit(inline(limit))
                .offset(Params.OFFSET)
                .asTable("page");
    }

    private static SortField<String> byText(Field<String> text, Order order) {
        return order.ascending() ? text.asc().nullsLast() : text.desc().nullsFirst();
    }

    private static <T> SortField<T> direction(Field<T> field, Order order) {
        return order.ascending() ? field.asc() : field.desc();
    }

    /** What comes after a text and a position: no text is last in ascending order and first in descending order. */
    private static Condition behind(Order order, boolean hasText) {
        Condition samePlace =
                order.ascending() ? Ways.POSITION.gt(Params.LAST_POSITION) : Ways.POSITION.lt(Params.LAST_POSITION);
        if (!hasText) {
            Condition without = TEXT.isNull().and(samePlace);
            return order.ascending() ? without : without.or(TEXT.isNotNull());
        }
        Condition equal = TEXT.eq(Params.LAST_TEXT).and(samePlace);
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
            case CREATED -> throw new IllegalArgumentException("created is no text");
        };
    }
}
