package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UserRef;
import io.javalin.http.Context;

/** PUT /notifications/read-all. */
final class MarkAllRead implements RouteHandler {

    static final String BEFORE = "before";

    private final Inbox inbox;
    private final Readers readers;

    MarkAllRead(Inbox inbox, Readers readers) {
        this.inbox = inbox;
        this.readers = readers;
    }

    private record Marked(long marked) {}

    @Override
    public void handle(Context context, Caller caller) {
        // No default: whoever forgets it must not lose what is unread in the other scope.
        Scope scope = QueryValues.word(
                InboxQuery.MESSAGE_SCOPE, QueryValues.required(context, InboxQuery.MESSAGE_SCOPE), Scope.class);
        String before = context.queryParam(BEFORE);
        UserRef reader = readers.of(caller);
        long marked = before == null
                ? inbox.markAllRead(reader, scope)
                : inbox.markAllRead(reader, scope, QueryValues.instant(BEFORE, before));
        context.json(new Marked(marked));
    }
}
