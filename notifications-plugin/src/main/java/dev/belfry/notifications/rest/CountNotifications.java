package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Glance;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.UserRef;
import io.javalin.http.Context;

/** GET /notifications/count. */
final class CountNotifications implements RouteHandler {

    private final Inbox inbox;
    private final Readers readers;

    CountNotifications(Inbox inbox, Readers readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    private record Count(long count) {}

    @Override
    public void handle(Context context, Caller caller) {
        UserRef reader = readers.of(caller);
        Filter filter = new InboxQuery(context).filter();
        Glance glance = inbox.glance(reader, filter.scope());
        if (!Revalidated.isStillValid(context, glance)) {
            long count = filter.isPlain() ? glance.tally().count(filter.read()) : inbox.count(reader, filter);
            context.json(new Count(count));
        }
    }
}
