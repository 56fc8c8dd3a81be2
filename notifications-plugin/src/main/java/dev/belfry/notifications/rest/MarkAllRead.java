package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.storage.Scope;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;

/** PUT /notifications/read-all. */
final class MarkAllRead implements RouteHandler {

    static final String BEFORE = "before";

    private final Inbox inbox;
    private final Readers readers;
    private final Clock clock;

    MarkAllRead(Inbox inbox, Readers readers, Clock clock) {
        this.inbox = inbox;
        this.readers = readers;
        this.clock = clock;
    }

    private record Marked(long marked) {}

    @Override
    public void handle(Context context, Caller caller) {
        // No default: whoever forgets it must not lose what is unread in the other scope.
        Scope scope = QueryValues.word(
                InboxQuery.MESSAGE_SCOPE, QueryValues.required(context, InboxQuery.MESSAGE_SCOPE), Scope.class);
        String before = context.queryParam(BEFORE);
        Instant until = before == null ? clock.instant() : QueryValues.instant(BEFORE, before);
        context.json(new Marked(inbox.markAllRead(readers.of(caller), scope, until)));
    }
}
