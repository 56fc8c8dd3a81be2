package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Delivery;
import dev.belfry.notifications.storage.Excerpt;
import dev.belfry.notifications.storage.NotificationId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list that may be longer than what should be held at once. */
public final class Listing {

    private final Glance glance;
    private final List<Delivery> first;
    private final boolean complete;
    private final Excerpt.@Nullable Rest rest;
    private final Stream<Delivery> all;

    private Listing(
            Glance glance, List<Delivery> first, boolean complete, Excerpt.@Nullable Rest rest, Stream<Delivery> all) {
        this.glance = glance;
        this.first = first;
        this.complete = complete;
        this.rest = rest;
        this.all = all;
    }

    static Listing complete(Glance glance, List<Delivery> all) {
        return new Listing(glance, all, true, null, all.stream());
    }

    /** @param rest where the size of the list is known; null where it is not */
    static Listing begun(Glance glance, List<Delivery> first, Excerpt.@Nullable Rest rest, Stream<Delivery> all) {
        return new Listing(glance, first, false, rest, all);
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

    /** How many notifications it has; empty when that is not known before all are read. */
    public OptionalInt size() {
        if (complete) {
            return OptionalInt.of(first.size());
        }
        return rest == null ? OptionalInt.empty() : OptionalInt.of(first.size() + rest.size());
    }

    /** The last notification of a list whose size is known and which is not complete. */
    public Optional<NotificationId> lastOfRest() {
        return Optional.ofNullable(rest).map(Excerpt.Rest::last);
    }

    /** From its beginning to its end, to be consumed once: what is not read yet is read as it is asked for. */
    public Stream<Delivery> all() {
        return all;
    }
}
