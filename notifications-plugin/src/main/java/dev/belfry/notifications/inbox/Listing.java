package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Delivery;
import java.util.List;
import java.util.stream.Stream;

/** A list that may be longer than what should be held at once. */
public final class Listing {

    private final Glance glance;
    private final List<Delivery> first;
    private final boolean complete;
    private final Stream<Delivery> all;

    private Listing(Glance glance, List<Delivery> first, boolean complete, Stream<Delivery> all) {
        this.glance = glance;
        this.first = first;
        this.complete = complete;
        this.all = all;
    }

    static Listing complete(Glance glance, List<Delivery> all) {
        return new Listing(glance, all, true, all.stream());
    }

    static Listing begun(Glance glance, List<Delivery> first, Stream<Delivery> all) {
        return new Listing(glance, first, false, all);
    }

    /** What the inbox was when this was read, or just before. */
    public Glance glance() {
        return glance;
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
