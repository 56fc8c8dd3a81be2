package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.storage.Scope;
import io.javalin.http.Context;

/** PUT /notifications/read-all. */
final class MarkAllRead implements RouteHandler {

    static final String BEFORE = "before";

    private final Inbox inbox;
    private final InboxOwner owner;

    MarkAllRead(Inbox inbox, InboxOwner owner) {
        this.inbox = inbox;
        this.owner = owner;
    }

    private record Marked(long marked) {}

    @Override
    public void handle(Context context, Caller caller) {
        // No default: a client that forgets it must not mark notifications of another scope.
        Scope scope = QueryValues.word(
                InboxQuery.MESSAGE_SCOPE, QueryValues.required(context, InboxQuery.MESSAGE_SCOPE), Scope.class);
        String before = context.queryParam(BEFORE);
        EntityRef reader = owner.of(caller);
        long marked = before == null
                ? inbox.markAllRead(reader, scope)
                : inbox.markAllRead(reader, scope, QueryValues.instant(BEFORE, before));
        context.json(new Marked(marked));
    }
}
