package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.InboxVersion;
import dev.belfry.notifications.inbox.LongPolling;
import dev.belfry.notifications.storage.Filter;
import dev.belfry.notifications.storage.UserRef;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** GET /notifications/count. A caller who knows the answer may wait for another one. */
final class CountNotifications implements RouteHandler {

    /** Of those who waited, so many look through their inboxes at a time: all of them may have to at once. */
    private static final int AT_ONCE = 4;

    private final Inbox inbox;
    private final InboxOwner owner;
    private final LongPolling polling;
    private final Duration longestWait;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    CountNotifications(Inbox inbox, InboxOwner owner, LongPolling polling, Duration longestWait) {
        this.inbox = inbox;
        this.owner = owner;
        this.polling = polling;
        this.longestWait = longestWait;
    }

    private record Count(long count) {}

    /** @param reader whose inbox is counted */
    private record Question(UserRef reader, Filter filter) {}

    @Override
    public void handle(Context context, Caller caller) {
        Question question = new Question(owner.of(caller), new InboxQuery(context).filter());
        // Added, not set: the host has its own.
        context.res().addHeader("Vary", PreferHeader.PREFER);
        long moment = polling.moment();
        InboxVersion version = inbox.version(question.reader(), question.filter().scope());
        if (!ETags.isStillValid(context, version)) {
            answer(context, question, version);
            return;
        }
        PreferHeader.wait(context.req().getHeaders(PreferHeader.PREFER))
                .map(wished -> wished.compareTo(longestWait) < 0 ? wished : longestWait)
                .filter(Duration::isPositive)
                .ifPresent(atMost -> await(context, question, version, moment, atMost));
    }

    private void answer(Context context, Question question, InboxVersion version) {
        Filter filter = question.filter();
        long count = filter.isPlain() ? version.counts().count(filter.read()) : inbox.count(question.reader(), filter);
        context.json(new Count(count));
    }

    /** It stays with the 304 unless something changes. */
    private void await(Context context, Question question, InboxVersion known, long moment, Duration atMost) {
        context.header(PreferHeader.APPLIED, "wait=" + atMost.toSeconds());
        context.future(() -> polling.forChange(known, question.filter().scope(), moment, atMost)
                .thenAcceptAsync(
                        change -> change.ifPresent(version -> answerAnew(context, question, version)),
                        Thread.ofVirtual().name("answer")::start));
    }

    private void answerAnew(Context context, Question question, InboxVersion version) {
        if (ETags.isStillValid(context, version)) {
            return;
        }
        context.status(HttpStatus.OK);
        if (question.filter().isPlain()) {
            answer(context, question, version);
            return;
        }
        turns.acquireUninterruptibly();
        try {
            answer(context, question, version);
        } finally {
            turns.release();
        }
    }
}
