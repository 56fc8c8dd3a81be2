package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.InboxCounts;
import dev.belfry.notifications.storage.Recipient;
import java.util.stream.Collectors;

/** What can be told of an inbox without reading it. */
public record InboxVersion(Recipient recipient, InboxCounts counts) {

    /** Whether nothing has changed in between, be it what is in the inbox or whose messages are. */
    boolean isSameAs(InboxVersion other) {
        return counts.revision() == other.counts.revision() && recipient.equals(other.recipient);
    }

    /** While it is the same, so is the inbox. It is the same on every host. */
    public String value() {
        String groups =
                recipient.groups().stream().map(GroupRef::value).sorted().collect(Collectors.joining(","));
        return recipient.user() + " " + groups + " " + counts.revision();
    }
}
