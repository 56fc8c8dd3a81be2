package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.ApiError;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import io.javalin.http.Context;
import java.util.UUID;

/** PUT /notifications/read. */
final class MarkNotification implements RouteHandler {

    static final String MESSAGE_ID = "messageId";
    static final String READ = "read";

    private final Inbox inbox;
    private final InboxOwner owner;

    MarkNotification(Inbox inbox, InboxOwner owner) {
        this.inbox = inbox;
        this.owner = owner;
    }

    @Override
    public void handle(Context context, Caller caller) {
        UUID id = QueryValues.uuid(MESSAGE_ID, QueryValues.required(context, MESSAGE_ID));
        boolean read = QueryValues.bool(READ, QueryValues.required(context, READ));
        if (!inbox.mark(owner.of(caller), id, read)) {
            throw ApiError.notFound("there is no message '" + id + "' that is addressed to you");
        }
    }
}
