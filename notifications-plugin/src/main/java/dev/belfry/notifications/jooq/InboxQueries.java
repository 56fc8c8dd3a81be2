package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.belfry.notifications.jooq.NotificationRows.Found;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.InboxCounts;
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
final class InboxQueries {

    private static final Field<String> TEXT = field(name("text"), String.class);

    private final StatementCache reads;
    private final Flavour flavour;
    private final CounterTable bulkCounts;
    private final TextSearch search;
    private final Contents contents;

    InboxQueries(StatementCache reads, Flavour flavour, CounterTable bulkCounts, TextSearch search, Contents contents) {
        this.contents = contents;
        this.reads = reads;
        this.flavour = flavour;
        this.bulkCounts = bulkCounts;
        this.search = search;
    }

    InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        return order.field() == Order.Field.CREATED
                ? byPosition(selection, order, offset, limit)
                : excerpt(selection, () -> byText(selection, order, null, offset, limit));
    }

    InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        return order.field() == Order.Field.CREATED
                ? byPosition(selection.behind(SortKeys.of(last.id()), order.ascending()), order, 0, limit)
                : excerpt(selection, () -> byText(selection, order, last, 0, limit));
    }

    /** The tally first: what changes in between is then read, and counted when it is asked for again. */
    private InboxPage excerpt(InboxSelection selection, Supplier<List<Found>> read) {
        InboxCounts counts = bulkCounts.counts(reads, selection.recipient(), selection.filter().scope());
        return excerpt(read.get(), counts);
    }

    private InboxPage excerpt(List<Found> found, InboxCounts counts) {
        int fitting = Contents.fitting(found);
        InboxPage.Rest rest = fitting == found.size()
                ? null
                : new InboxPage.Rest(
                        found.size() - fitting,
                        found.getLast().item().notification().id());
        return new InboxPage(contents.complete(found.subList(0, fitting)), counts, rest);
    }

    long count(Recipient recipient, Filter filter) {
        BoundQuery counted = all(new InboxSelection(recipient, filter, PositionRange.of(filter)))
                .within("count", found -> selectCount().from(found), Map.of());
        return reads.fetchSingle(counted, row -> row.getLong(1));
    }

    /** One of which the recipient is known to be an addressee. */
    Optional<InboxItem> at(Recipient recipient, long position) {
        return at(recipient, List.of(position)).items().stream().findFirst();
    }

    /**
     * Part of what was asked for.
     *
     * @param positions how many of those that were asked for were looked at; some may be gone
     */
    record Part(List<InboxItem> items, int positions) {}

    /** In the order of the positions, of which the recipient is known to be an addressee: as many as there is room for. */
    Part at(Recipient recipient, List<Long> positions) {
        BoundQuery listed =
                new BoundQuery("listed", flavour::listed, Map.of(Params.LISTED, flavour.numbers(positions)));
        Map<Long, Found> byPosition = new HashMap<>();
        rows(listed, recipient, Order.NEWEST_FIRST)
                .forEach(row -> byPosition.put(
                        SortKeys.of(row.item().notification().id()), row));
        List<Found> found = positions.stream()
                .flatMap(position -> Stream.ofNullable(byPosition.get(position)))
                .toList();
        int fitting = Contents.fitting(found);
        int lookedAt = fitting == found.size()
                ? positions.size()
                : positions.indexOf(SortKeys.of(
                        found.get(fitting).item().notification().id()));
        return new Part(contents.complete(found.subList(0, fitting)), lookedAt);
    }

    /** Positions in the order of a text, behind a place: they are small enough to hold many. */
    List<Long> positionsBehind(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        return reads.fetch(sorted(selection, "positions", order, last, 0, limit, InboxQueries::positions), row -> row.getLong(1));
    }

    private static Select<? extends Record> positions(Table<Record2<Long, String>> page, Order order) {
        return select(InboxSelection.POSITION).from(page).orderBy(byText(TEXT, order), direction(InboxSelection.POSITION, order));
    }

    private BoundQuery all(InboxSelection selection) {
        return selection.filter().text() == null ? flavour.all(selection) : search.all(selection);
    }

    /** The positions first, from indexes alone; the rows only of what is on the page. */
    private InboxPage byPosition(InboxSelection selection, Order order, long offset, int limit) {
        if (selection.filter().text() != null) {
            return byText(selection, order, offset, limit);
        }
        return flavour.excerpt(selection, order.ascending(), offset, limit)
                .map(this::withTally)
                .orElseGet(() -> excerpt(selection, () -> read(selection, order, offset, limit)));
    }

    private InboxPage byText(InboxSelection selection, Order order, long offset, int limit) {
        boolean ascending = order.ascending();
        boolean looks = offset < TextSearch.FIRST_STEP;
        Optional<InboxPage> atOnce =
                looks ? flavour.excerpt(selection, ascending, offset, limit).map(this::withTally) : Optional.empty();
        InboxPage seen = atOnce.orElseGet(() -> excerpt(
                selection,
                () -> looks
                        ? rows(search.amongNewest(selection, ascending, offset, limit), selection.recipient(), order)
                        : List.of()));
        // Only in the same snapshot does the tally tell that the first are all.
        boolean areAll = atOnce.isPresent() && seen.counts().count(selection.filter().read()) <= TextSearch.FIRST_STEP;
        if (areAll || seen.rest() != null || seen.items().size() == limit) {
            return seen;
        }
        Optional<BoundQuery> indexed =
                seen.items().isEmpty() ? search.byIndex(selection, ascending, offset, limit) : Optional.empty();
        List<Found> found = indexed.map(positions -> rows(positions, selection.recipient(), order))
                .orElseGet(() -> read(selection, order, offset, limit));
        return excerpt(found, seen.counts());
    }

    private List<Found> read(InboxSelection selection, Order order, long offset, int limit) {
        return rows(flavour.first(selection, order.ascending(), offset, limit), selection.recipient(), order);
    }

    private InboxPage withTally(BoundQuery select) {
        List<Found> found = new ArrayList<>();
        List<InboxCounts> counts = reads.fetch(select, row -> {
            if (row.getString(1) != null) {
                found.add(NotificationRows.found(row));
            }
            return CounterTable.read(row, NotificationRows.COLUMNS);
        });
        return excerpt(found, counts.getFirst());
    }

    private List<Found> rows(BoundQuery positions, Recipient recipient, Order order) {
        BoundQuery rows = positions.within(
                new InOrder(order),
                found -> NotificationRows.at(found).orderBy(direction(NOTIFICATION.POS, order)),
                flavour.values(recipient));
        return reads.fetch(rows, NotificationRows::found);
    }

    private record InOrder(Order order) {}

    private record Sorted(
            String what, Order order, int limit, @Nullable Boolean behindText) {}

    /**
     * No index is in this order, so the texts of everything that was found are sorted; rows only of what is on the page.
     *
     * @param last behind which the page begins; null when it begins by its offset
     */
    private List<Found> byText(InboxSelection selection, Order order, @Nullable SeekPosition last, long offset, int limit) {
        return reads.fetch(sorted(selection, "rows", order, last, offset, limit, InboxQueries::sortedRows), NotificationRows::found);
    }

    /** Makes a select of a page of positions, which has the columns {@link InboxSelection#POSITION} and {@link #TEXT}. */
    @FunctionalInterface
    private interface OfPage {
        Select<? extends Record> select(Table<Record2<Long, String>> page, Order order);
    }

    private BoundQuery sorted(
            InboxSelection selection, String what, Order order, @Nullable SeekPosition last, long offset, int limit, OfPage result) {
        Map<String, Object> values = new HashMap<>(flavour.values(selection.recipient()));
        values.put(Params.OFFSET.getName(), offset);
        boolean hasText = last != null && last.text() != null;
        if (last != null) {
            values.put(Params.LAST_POSITION.getName(), SortKeys.of(last.id()));
        }
        if (last != null && last.text() != null) {
            values.put(Params.LAST_TEXT.getName(), last.text());
        }
        return all(selection)
                .within(
                        new Sorted(what, order, limit, last == null ? null : hasText),
                        every -> result.select(
                                page(every, order, last == null ? noCondition() : behind(order, hasText), limit),
                                order),
                        values);
    }

    private static Select<? extends Record> sortedRows(Table<Record2<Long, String>> page, Order order) {
        return NotificationRows.at(page).orderBy(byText(column(order.field()), order), direction(NOTIFICATION.POS, order));
    }

    private static Table<Record2<Long, String>> page(
            Table<Record1<Long>> every, Order order, Condition behind, int limit) {
        Field<Long> position = Objects.requireNonNull(every.field(InboxSelection.POSITION));
        Field<String> text = column(order.field());
        Table<Record2<Long, String>> keyed = select(
                        position.as(InboxSelection.POSITION),
                        field(select(text).from(NOTIFICATION).where(NOTIFICATION.POS.eq(position)))
                                .as(TEXT))
                .from(every)
                // Looked up once a row, and not anew by each comparison: that, too, led to a join with the whole table.
                .offset(inline(0))
                .asTable("keyed");
        return select(InboxSelection.POSITION, TEXT)
                .from(keyed)
                .where(behind)
                .orderBy(byText(TEXT, order), direction(InboxSelection.POSITION, order))
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
                order.ascending() ? InboxSelection.POSITION.gt(Params.LAST_POSITION) : InboxSelection.POSITION.lt(Params.LAST_POSITION);
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
