package dev.belfry.notifications.jooq.query;

import dev.belfry.notifications.jooq.transaction.Retry;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.SeekPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A stream of the rest of a long list. It is read page by page, and holds no connection in between, however slow the client is.
 *
 * <p>No index has the order of a text, so each page of such an order sorts the whole inbox. Therefore many positions are read at
 * once, more each time, and the notifications on demand: a list of 100,000 is sorted four times, not 500.
 */
public final class PageStream implements Iterator<InboxItem> {

    private static final int PAGE_SIZE = 200;
    private static final int MIN_POSITIONS = 8_192;
    private static final int MAX_POSITIONS = 65_536;

    private final InboxQueries queries;
    private final Retry retry;
    private final Recipient recipient;
    private final Filter filter;
    private final Order order;
    private SeekPosition last;
    private int nextPositions = MIN_POSITIONS;
    private boolean ended;
    private final Deque<Long> positions = new ArrayDeque<>();
    private final Deque<InboxItem> read = new ArrayDeque<>();

    private PageStream(
            InboxQueries queries, Retry retry, Recipient recipient, Filter filter, Order order, SeekPosition last) {
        this.queries = queries;
        this.retry = retry;
        this.recipient = recipient;
        this.filter = filter;
        this.order = order;
        this.last = last;
    }

    public static Stream<InboxItem> of(
            InboxQueries queries, Retry retry, Recipient recipient, Filter filter, Order order, SeekPosition last) {
        Iterator<InboxItem> items = new PageStream(queries, retry, recipient, filter, order, last);
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        while (read.isEmpty() && !ended) {
            if (order.field() == Order.Field.CREATED) {
                readFollowing();
            } else {
                readByPositions();
            }
        }
        return !read.isEmpty();
    }

    @Override
    public InboxItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.removeFirst();
    }

    private void readFollowing() {
        InboxPage page = retry.whileUnavailable(() -> queries.following(recipient, filter, order, last, PAGE_SIZE));
        ended = page.rest() == null && page.items().size() < PAGE_SIZE;
        add(page.items());
    }

    private void readByPositions() {
        if (positions.isEmpty()) {
            List<Long> found = retry.whileUnavailable(
                    () -> queries.positionsBehind(recipient, filter, order, last, nextPositions));
            positions.addAll(found);
            ended = found.isEmpty();
            nextPositions = Math.min(2 * nextPositions, MAX_POSITIONS);
            return;
        }
        List<Long> next = positions.stream().limit(PAGE_SIZE).toList();
        InboxQueries.Part part = retry.whileUnavailable(() -> queries.at(recipient, next));
        for (int i = 0; i < part.positions(); i++) {
            positions.removeFirst();
        }
        add(part.items());
    }

    private void add(List<InboxItem> items) {
        read.addAll(items);
        if (!items.isEmpty()) {
            last = SeekPosition.of(items.getLast().notification(), order);
        }
    }
}
