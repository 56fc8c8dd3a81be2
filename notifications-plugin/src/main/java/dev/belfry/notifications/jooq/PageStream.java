package dev.belfry.notifications.jooq;

import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.SeekPosition;
import dev.belfry.notifications.storage.Recipient;
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
 * The rest of a long list, read part by part: between two parts no connection is held, however slowly a client reads.
 *
 * <p>No index is in the order of a text, so finding a part means sorting everything. So the positions of many notifications are read
 * at once, more each time, and the notifications themselves as they are asked for: a list of 100,000 is sorted four times, not 500.
 */
final class PageStream implements Iterator<InboxItem> {

    private static final int PAGE = 200;
    private static final int FIRST_POSITIONS = 8_192;
    private static final int MOST_POSITIONS = 65_536;

    private final InboxQueries lists;
    private final Recipient recipient;
    private final Filter filter;
    private final Order order;
    private SeekPosition last;
    private int window = FIRST_POSITIONS;
    private boolean ended;
    private final Deque<Long> positions = new ArrayDeque<>();
    private final Deque<InboxItem> read = new ArrayDeque<>();

    private PageStream(InboxQueries lists, Recipient recipient, Filter filter, Order order, SeekPosition last) {
        this.lists = lists;
        this.recipient = recipient;
        this.filter = filter;
        this.order = order;
        this.last = last;
    }

    static Stream<InboxItem> of(InboxQueries lists, Recipient recipient, Filter filter, Order order, SeekPosition last) {
        Iterator<InboxItem> items = new PageStream(lists, recipient, filter, order, last);
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
        InboxPage part = Retry.whileUnavailable(() -> lists.following(recipient, filter, order, last, PAGE));
        ended = part.rest() == null && part.items().size() < PAGE;
        take(part.items());
    }

    private void readByPositions() {
        if (positions.isEmpty()) {
            List<Long> found = Retry.whileUnavailable(() -> lists.positionsBehind(recipient, filter, order, last, window));
            positions.addAll(found);
            ended = found.isEmpty();
            window = Math.min(2 * window, MOST_POSITIONS);
            return;
        }
        List<Long> next = positions.stream().limit(PAGE).toList();
        InboxQueries.Part part = Retry.whileUnavailable(() -> lists.at(recipient, next));
        for (int i = 0; i < part.positions(); i++) {
            positions.removeFirst();
        }
        take(part.items());
    }

    private void take(List<InboxItem> items) {
        read.addAll(items);
        if (!items.isEmpty()) {
            last = order.placeOf(items.getLast().notification());
        }
    }
}
