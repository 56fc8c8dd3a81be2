package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Delivery;
import java.util.List;
import java.util.stream.Stream;

/** A list that may be longer than what should be held at once. */
public final class Listing {

    private final List<Delivery> first;
    private final boolean complete;
    private final Stream<Delivery> all;

    private Listing(List<Delivery> first, boolean complete, Stream<Delivery> all) {
        this.first = first;
        this.complete = complete;
        this.all = all;
    }

    static Listing complete(List<Delivery> all) {
        return new Listing(all, true, all.stream());
    }

    static Listing begun(List<Delivery> first, Stream<Delivery> all) {
        return new Listing(first, false, all);
    }

    /** Its beginning, at most {@link Inbox#MAX_AT_ONCE}. */
    public List<Delivery> first() {
        return first;
    }

    /** Whether the beginning is all of it. */
    public boolean isComplete() {
        return complete;
    }

    /** From its beginning to its end, to be consumed once: what is not read yet is read as it is asked for. */
    public Stream<Delivery> all() {
        return all;
    }
}
