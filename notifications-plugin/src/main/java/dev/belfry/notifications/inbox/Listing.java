package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.NotificationId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list that may be longer than what should be held at once. */
public final class Listing {

    private final InboxVersion version;
    private final List<InboxItem> first;
    private final boolean complete;
    private final InboxPage.@Nullable Rest rest;
    private final Stream<InboxItem> all;

    private Listing(
            InboxVersion version, List<InboxItem> first, boolean complete, InboxPage.@Nullable Rest rest, Stream<InboxItem> all) {
        this.version = version;
        this.first = first;
        this.complete = complete;
        this.rest = rest;
        this.all = all;
    }

    static Listing complete(InboxVersion version, List<InboxItem> all) {
        return new Listing(version, all, true, null, all.stream());
    }

    /** @param rest where the size of the list is known; null where it is not */
    static Listing begun(InboxVersion version, List<InboxItem> first, InboxPage.@Nullable Rest rest, Stream<InboxItem> all) {
        return new Listing(version, first, false, rest, all);
    }

    /** What the inbox was when this was read, or just before. */
    public InboxVersion version() {
        return version;
    }

    /** Its beginning, at most {@link Inbox#MAX_AT_ONCE}. */
    public List<InboxItem> first() {
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
        return Optional.ofNullable(rest).map(InboxPage.Rest::last);
    }

    /** From its beginning to its end, to be consumed once: what is not read yet is read as it is asked for. */
    public Stream<InboxItem> all() {
        return all;
    }
}
