package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Muting;
import dev.belfry.notifications.sending.Quoted;
import dev.belfry.notifications.storage.InboxItem;
import dev.belfry.notifications.storage.NotificationId;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;

/** GET /notifications/{id}. */
final class ShowNotification implements RouteHandler {

    static final String ID = "id";

    private final Inbox inbox;
    private final Muting muting;
    private final InboxOwner owner;

    ShowNotification(Inbox inbox, Muting muting, InboxOwner owner) {
        this.inbox = inbox;
        this.muting = muting;
        this.owner = owner;
    }

    @Override
    public void handle(Context context, Caller caller) {
        EntityRef reader = owner.of(caller);
        String text = context.pathParam(ID);
        InboxItem item = id(text).flatMap(id -> inbox.find(reader, id))
                .orElseThrow(() -> ApiError.notFound("there is no message " + Quoted.of(text)
                        + " that is addressed to you; an id is a UUID (8-4-4-4-12 hexadecimal digits)"));
        boolean muted = muting.list(reader).includes(item.notification().content());
        context.header("Cache-Control", "private, no-cache")
                .contentType(NotificationJson.TYPE)
                .result(NotificationJson.of(item, muted));
    }

    /** Returns empty for anything else: it is a path that does not exist. */
    private static Optional<NotificationId> id(String text) {
        return Optional.of(text)
                .filter(QueryValues::isUuid)
                .map(UUID::fromString)
                .filter(NotificationId::isValid)
                .map(NotificationId::new);
    }
}
