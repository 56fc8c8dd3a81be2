package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import java.util.stream.Collectors;

/** The version of an inbox, known without reading its notifications. */
public record InboxVersion(Recipient recipient, InboxCounts counts) {

    /** Returns true if neither the inbox nor the recipient's groups have changed. */
    boolean isSameAs(InboxVersion other) {
        return counts.revision() == other.counts.revision() && recipient.equals(other.recipient);
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
