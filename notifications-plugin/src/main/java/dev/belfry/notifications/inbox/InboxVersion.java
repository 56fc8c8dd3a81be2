package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import java.util.stream.Collectors;

/** The version of an inbox, known without reading its notifications. */
public record InboxVersion(Recipient recipient, InboxCounts counts) {

    /** Returns true if neither the inbox nor the recipient's groups have changed. */
    boolean isSameAs(InboxVersion other) {
        return counts.revision() == other.counts.revision() && recipient.equals(other.recipient);
    }

    /** Returns true if the counts contain the count of the filter, which has to be of the same scope. */
    public boolean knows(Filter filter) {
        return simplified(filter).isPlain();
    }

    /** The filter without its condition on muted notifications, if all pass it because nothing is muted. */
    Filter simplified(Filter filter) {
        return !counts.muting() && Boolean.FALSE.equals(filter.muted()) ? filter.withMuted(null) : filter;
    }

    /** Returns true if nothing passes the filter, because nothing is muted. */
    boolean excludesAll(Filter filter) {
        return !counts.muting() && Boolean.TRUE.equals(filter.muted());
    }

    /** The version as a text, the same on every host. Equal versions mean equal inboxes. */
    public String value() {
        String groups = recipient.groups().stream()
                .map(EntityRef::qualifiedName)
                .sorted()
                .collect(Collectors.joining(","));
        return recipient.user().qualifiedName() + " " + groups + " " + counts.revision();
    }
}
