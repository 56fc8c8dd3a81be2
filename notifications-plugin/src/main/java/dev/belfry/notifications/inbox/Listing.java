package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.InboxPage;
import dev.belfry.notifications.storage.MuteList;
import dev.belfry.notifications.storage.NotificationId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A list of an inbox, which may be longer than should be held in memory. */
public final class Listing {

    private final InboxVersion version;
    private final MuteList muteList;
    private final List<InboxItem> first;
    private final boolean complete;
    private final InboxPage.@Nullable Rest rest;
    private final Stream<InboxItem> all;

    private Listing(
            InboxVersion version,
            MuteList muteList,
            List<InboxItem> first,
            boolean complete,
            InboxPage.@Nullable Rest rest,
            Stream<InboxItem> all) {
        this.version = version;
        this.muteList = muteList;
        this.first = first;
        this.complete = complete;
        this.rest = rest;
        this.all = all;
    }

    static Listing complete(InboxVersion version, MuteList muteList, List<InboxItem> all) {
        return new Listing(version, muteList, all, true, null, all.stream());
    }

    /** @param rest if the size of the list is known; otherwise null */
    static Listing partial(
            InboxVersion version,
            MuteList muteList,
            List<InboxItem> first,
            InboxPage.@Nullable Rest rest,
            Stream<InboxItem> all) {
        return new Listing(version, muteList, first, false, rest, all);
    }

    /** The version of the inbox when this was read, or just before. */
    public InboxVersion version() {
        return version;
    }

    /** The topics and origins that the reader has muted. */
    public MuteList muteList() {
        return muteList;
    }

    /** The first notifications, at most {@link Inbox#MAX_HELD}. */
    public List<InboxItem> first() {
        return first;
    }

    /** Returns true if {@link #first} is the whole list. */
    public boolean isComplete() {
        return complete;
    }

    /** The number of notifications; empty when it is known only after all are read. */
    public OptionalInt size() {
        if (complete) {
            return OptionalInt.of(first.size());
        }
        return rest == null ? OptionalInt.empty() : OptionalInt.of(first.size() + rest.size());
    }

    /** The last notification, if the list is not complete but its size is known. */
    public Optional<NotificationId> lastOfRest() {
        return Optional.ofNullable(rest).map(InboxPage.Rest::last);
    }

    /** The whole list. The stream reads the rest on demand. */
    public Stream<InboxItem> all() {
        return all;
    }
}
