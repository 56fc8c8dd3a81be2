package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
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
        long count = inbox.count(readers.of(caller), new InboxQuery(context).filter());
        Revalidated.answer(context, new Count(count), Count.class);
    }
}
