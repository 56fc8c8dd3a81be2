package dev.belfry.notifications.jooq.query;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.belfry.notifications.jooq.counts.CounterQueries;
import dev.belfry.notifications.jooq.row.NotificationRows;
import dev.belfry.notifications.jooq.row.NotificationRows.Found;
import dev.belfry.notifications.jooq.row.SortKeys;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.ListParameters;
import dev.belfry.notifications.jooq.statement.Params;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.SeekPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.Field;

/** Reads pages of an inbox, and counts notifications for filters that the counters do not cover. */
public final class InboxQueries {

    private final StatementCache statements;
    private final InboxSql sql;
    private final ListParameters lists;
    private final CounterQueries counters;
    private final TextSearch search;
    private final LongContents contents;

    public InboxQueries(
            StatementCache statements,
            InboxSql sql,
            ListParameters lists,
            CounterQueries counters,
            TextSearch search,
            LongContents contents) {
        this.statements = statements;
        this.sql = sql;
        this.lists = lists;
        this.counters = counters;
        this.search = search;
        this.contents = contents;
    }

    public InboxPage page(Recipient recipient, Filter filter, Order order, long offset, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        return order.field() == Order.Field.CREATED
                ? byTime(selection, order, offset, limit)
                : withCounts(selection, () -> byText(selection, new TextOrder(order, null, offset, limit)));
    }

    public InboxPage following(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        return order.field() == Order.Field.CREATED
                ? byTime(selection.behind(SortKeys.of(last.id()), order.ascending()), order, 0, limit)
                : withCounts(selection, () -> byText(selection, new TextOrder(order, last, 0, limit)));
    }

    /** Reads the counts first: a change in between is then on the page, and the next request sees another count. */
    private InboxPage withCounts(InboxSelection selection, Supplier<List<Found>> rows) {
        InboxCounts counts =
                counters.counts(selection.recipient(), selection.filter().scope());
        return inboxPage(rows.get(), counts);
    }

    private InboxPage inboxPage(List<Found> found, InboxCounts counts) {
        int fitting = LongContents.fitting(found);
        InboxPage.Rest rest = fitting == found.size()
                ? null
                : new InboxPage.Rest(
                        found.size() - fitting,
                        found.getLast().item().notification().id());
        return new InboxPage(contents.complete(found.subList(0, fitting)), counts, rest);
    }

    public long count(Recipient recipient, Filter filter) {
        BoundQuery count = all(new InboxSelection(recipient, filter, PositionRange.of(filter)))
                .nestedIn("count", found -> selectCount().from(found), Map.of());
        return statements.fetchSingle(count, row -> row.getLong(1));
    }

    private record Unread(long position, boolean isMuted) {}

    /**
     * The unread notifications. Notifications that are older than these are not read.
     *
     * @param unread how many unread ones there are. If there are others meanwhile, the result is meaningless
     */
    public UnreadPositions unread(Recipient recipient, Scope scope, long unread) {
        Filter filter = new Filter(scope, null, null, false);
        BoundQuery positions = sql.unread(new InboxSelection(recipient, filter, PositionRange.of(filter)), (int)
                Math.min(unread, Integer.MAX_VALUE));
        BoundQuery query = positions.nestedIn(
                "unread",
                found -> {
                    Field<Long> position = Objects.requireNonNull(found.field(Params.POSITION));
                    return select(position, field(MuteKind.isMutedAt(position, true, lists)))
                            .from(found);
                },
                lists.of(recipient));
        List<Unread> found = statements.fetch(query, row -> new Unread(row.getLong(1), row.getBoolean(2)));
        return UnreadPositions.of(positions(found, true), positions(found, false));
    }

    private static LongStream positions(List<Unread> unread, boolean muted) {
        return unread.stream().filter(one -> one.isMuted() == muted).mapToLong(Unread::position);
    }

    /** The notification at a position. The caller has checked that it reaches the recipient. */
    public Optional<InboxItem> at(Recipient recipient, long position) {
        return at(recipient, List.of(position)).items().stream().findFirst();
    }

    /**
     * The first of the notifications at some positions.
     *
     * @param positions how many positions were read; fewer items if some have been deleted
     */
    record Part(List<InboxItem> items, int positions) {}

    /** As many of the notifications as fit, in the order of the positions. They have to reach the recipient. */
    Part at(Recipient recipient, List<Long> positions) {
        BoundQuery listed = new BoundQuery("listed", lists::listed, Map.of(Params.LISTED, lists.numbers(positions)));
        Map<Long, Found> byPosition = new HashMap<>();
        rows(listed, recipient, Order.NEWEST_FIRST)
                .forEach(row ->
                        byPosition.put(SortKeys.of(row.item().notification().id()), row));
        List<Found> found = positions.stream()
                .flatMap(position -> Stream.ofNullable(byPosition.get(position)))
                .toList();
        int fitting = LongContents.fitting(found);
        int read = fitting == found.size()
                ? positions.size()
                : positions.indexOf(
                        SortKeys.of(found.get(fitting).item().notification().id()));
        return new Part(contents.complete(found.subList(0, fitting)), read);
    }

    /** Positions in the order of a text. They are small enough to hold many. */
    List<Long> positionsBehind(Recipient recipient, Filter filter, Order order, SeekPosition last, int limit) {
        InboxSelection selection = new InboxSelection(recipient, filter, PositionRange.of(filter));
        BoundQuery positions =
                new TextOrder(order, last, 0, limit).positions(all(selection), lists.of(selection.recipient()));
        return statements.fetch(positions, row -> row.getLong(1));
    }

    private BoundQuery all(InboxSelection selection) {
        return selection.filter().text() == null ? sql.all(selection) : search.all(selection);
    }

    private InboxPage byTime(InboxSelection selection, Order order, long offset, int limit) {
        if (selection.filter().text() != null) {
            return searched(selection, order, offset, limit);
        }
        return sql.pageWithCounts(selection, order.ascending(), offset, limit)
                .map(this::fetchWithCounts)
                .orElseGet(() -> withCounts(selection, () -> read(selection, order, offset, limit)));
    }

    private InboxPage searched(InboxSelection selection, Order order, long offset, int limit) {
        boolean ascending = order.ascending();
        boolean inFirst = offset < InboxSql.FIRST_SEARCHED;
        Optional<InboxPage> oneStatement = inFirst
                ? sql.pageWithCounts(selection, ascending, offset, limit).map(this::fetchWithCounts)
                : Optional.empty();
        InboxPage first = oneStatement.orElseGet(() -> withCounts(
                selection,
                () -> inFirst
                        ? rows(search.amongNewest(selection, ascending, offset, limit), selection.recipient(), order)
                        : List.of()));
        // Only in one snapshot do the counts prove that the first notifications are all of them.
        boolean areAll = oneStatement.isPresent()
                && first.counts().count(selection.filter().read()) <= InboxSql.FIRST_SEARCHED;
        if (areAll || first.rest() != null || first.items().size() == limit) {
            return first;
        }
        Optional<BoundQuery> indexed =
                first.items().isEmpty() ? search.byIndex(selection, ascending, offset, limit) : Optional.empty();
        List<Found> found = indexed.map(positions -> rows(positions, selection.recipient(), order))
                .orElseGet(() -> read(selection, order, offset, limit));
        return inboxPage(found, first.counts());
    }

    private List<Found> read(InboxSelection selection, Order order, long offset, int limit) {
        return rows(sql.page(selection, order.ascending(), offset, limit), selection.recipient(), order);
    }

    private InboxPage fetchWithCounts(BoundQuery query) {
        List<Found> found = new ArrayList<>();
        List<InboxCounts> counts = statements.fetch(query, row -> {
            if (row.getString(1) != null) {
                found.add(NotificationRows.found(row));
            }
            return CounterQueries.read(row, NotificationRows.COLUMNS);
        });
        return inboxPage(found, counts.getFirst());
    }

    /** Reads the rows in a second step, so that the first reads positions from indexes only. */
    private List<Found> rows(BoundQuery positions, Recipient recipient, Order order) {
        BoundQuery rows = positions.nestedIn(
                new RowsKey(order),
                found -> NotificationRows.at(found)
                        .orderBy(order.ascending() ? NOTIFICATION.POS.asc() : NOTIFICATION.POS.desc()),
                lists.of(recipient));
        return statements.fetch(rows, NotificationRows::found);
    }

    private record RowsKey(Order order) {}

    private List<Found> byText(InboxSelection selection, TextOrder order) {
        return statements.fetch(order.rows(all(selection), lists.of(selection.recipient())), NotificationRows::found);
    }
}
