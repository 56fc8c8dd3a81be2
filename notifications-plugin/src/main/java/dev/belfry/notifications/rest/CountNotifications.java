package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.InboxVersion;
import dev.belfry.notifications.inbox.LongPolling;
import dev.belfry.notifications.storage.Filter;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** GET /notifications/count. A client that has the current count can wait for the next one. */
final class CountNotifications implements RouteHandler {

    /** Maximum number of concurrent counts with a filter after a wait, because many waits can end at the same time. */
    private static final int MAX_COUNTING = 4;

    private final Inbox inbox;
    private final InboxOwner owner;
    private final LongPolling polling;
    private final Duration maxWait;
    private final Semaphore counting = new Semaphore(MAX_COUNTING);

    CountNotifications(Inbox inbox, InboxOwner owner, LongPolling polling, Duration maxWait) {
        this.inbox = inbox;
        this.owner = owner;
        this.polling = polling;
        this.maxWait = maxWait;
    }

    private record Count(long count) {}

    /** @param reader owner of the inbox */
    private record CountQuery(EntityRef reader, Filter filter) {}

    @Override
    public void handle(Context context, Caller caller) {
        CountQuery query = new CountQuery(owner.of(caller), new InboxQuery(context).countFilter());
        // Added, because the host sets further values.
        context.res().addHeader("Vary", PreferHeader.PREFER);
        long moment = polling.moment();
        InboxVersion version = inbox.version(query.reader(), query.filter().scope());
        if (!ETags.isStillValid(context, version)) {
            answer(context, query, version);
            return;
        }
        PreferHeader.wait(context.req().getHeaders(PreferHeader.PREFER))
                .map(wait -> wait.compareTo(maxWait) < 0 ? wait : maxWait)
                .filter(Duration::isPositive)
                .ifPresent(atMost -> await(context, query, version, moment, atMost));
    }

    private void answer(Context context, CountQuery query, InboxVersion version) {
        context.json(new Count(inbox.count(version, query.filter())));
    }

    /** The response stays 304 unless something changes. */
    private void await(Context context, CountQuery query, InboxVersion known, long moment, Duration atMost) {
        context.header(PreferHeader.APPLIED, "wait=" + atMost.toSeconds());
        context.future(() -> polling.forChange(known, query.filter().scope(), moment, atMost)
                .thenAcceptAsync(
                        change -> change.ifPresent(version -> answerChange(context, query, version)),
                        Thread.ofVirtual().name("answer")::start));
    }

    private void answerChange(Context context, CountQuery query, InboxVersion version) {
        if (ETags.isStillValid(context, version)) {
            return;
        }
        context.status(HttpStatus.OK);
        if (version.knows(query.filter())) {
            answer(context, query, version);
            return;
        }
        counting.acquireUninterruptibly();
        try {
            answer(context, query, version);
        } finally {
            counting.release();
        }
    }
}
