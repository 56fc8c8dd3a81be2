package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Listing;
import dev.belfry.notifications.inbox.Page;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.Order;
import dev.belfry.notifications.storage.Place;
import dev.belfry.notifications.storage.UserRef;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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
        UserRef reader = readers.of(caller);
        Filter filter = query.filter();
        Order order = query.order();
        String after = query.after();
        Page page = after == null ? query.page() : new Page(0, query.sizeAfter());
        Place behind = after == null ? null : Cursor.read(InboxQuery.AFTER, after, order, inbox, reader);
        if (Revalidated.isAsked(context) && Revalidated.isStillValid(context, inbox.glance(reader, filter.scope()))) {
            return;
        }
        Listing listing = behind == null
                ? inbox.list(reader, filter, order, page)
                : inbox.list(reader, filter, order, behind, page.size());
        Revalidated.tag(context, listing.glance());
        if (listing.isComplete()) {
            if (listing.first().size() == page.size()) {
                linkToNext(context, listing.first().getLast().notification(), order);
            }
            NotificationJson.answer(context, listing.first());
        } else {
            stream(context, listing);
        }
    }

    /** Relative to the request (RFC 8288), so that it holds behind a proxy that serves it under another path. */
    private static void linkToNext(Context context, Notification last, Order order) {
        StringBuilder next = new StringBuilder("<?");
        context.queryParamMap().forEach((name, values) -> {
            if (!name.equals(InboxQuery.AFTER) && !name.equals(InboxQuery.PAGE_NUMBER)) {
                next.append(name)
                        .append('=')
                        .append(URLEncoder.encode(values.getFirst(), StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        next.append(InboxQuery.AFTER).append('=').append(Cursor.behind(last, order));
        context.header("Link", next.append(">; rel=\"next\"").toString());
    }

    private static void stream(Context context, Listing listing) throws IOException {
        if (context.method() == HandlerType.HEAD) {
            // Nobody would see what is read for it.
            context.contentType("application/json");
        } else {
            NotificationJson.answer(context, listing.all());
        }
    }
}
