package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Listing;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;

/** GET /notifications. */
final class ListNotifications implements RouteHandler {

    private final Inbox inbox;
    private final Readers readers;

    ListNotifications(Inbox inbox, Readers readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    @Override
    public void handle(Context context, Caller caller) throws IOException {
        InboxQuery query = new InboxQuery(context);
        Listing listing = inbox.list(readers.of(caller), query.filter(), query.order(), query.page());
        if (listing.isComplete()) {
            List<NotificationJson> page =
                    listing.first().stream().map(NotificationJson::of).toList();
            Revalidated.answer(context, page, List.class);
        } else {
            Revalidated.forTheCallerAlone(context);
            stream(context, listing);
        }
    }

    private static void stream(Context context, Listing listing) throws IOException {
        if (context.method() == HandlerType.HEAD) {
            // Nobody would see what is read for it.
            context.contentType("application/json");
        } else {
            JsonArray.write(context, listing.all().map(NotificationJson::of), NotificationJson.class);
        }
    }
}
