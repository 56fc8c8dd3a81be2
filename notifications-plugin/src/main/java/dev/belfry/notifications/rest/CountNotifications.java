package dev.belfry.notifications.rest;

import dev.belfry.api.access.Caller;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.notifications.inbox.Glance;
import dev.belfry.notifications.inbox.Inbox;
import dev.belfry.notifications.inbox.Waiting;
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
    private final Readers readers;
    private final Waiting waiting;
    private final Duration longestWait;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    CountNotifications(Inbox inbox, Readers readers, Waiting waiting, Duration longestWait) {
        this.inbox = inbox;
        this.readers = readers;
        this.waiting = waiting;
        this.longestWait = longestWait;
    }

    private record Count(long count) {}

    /** @param reader whose inbox is counted */
    private record Question(UserRef reader, Filter filter) {}

    @Override
    public void handle(Context context, Caller caller) {
        Question question = new Question(readers.of(caller), new InboxQuery(context).filter());
        // Added, not set: the host has its own.
        context.res().addHeader("Vary", Preferences.PREFER);
        long moment = waiting.moment();
        Glance glance = inbox.glance(question.reader(), question.filter().scope());
        if (!Revalidated.isStillValid(context, glance)) {
            answer(context, question, glance);
            return;
        }
        Preferences.wait(context.req().getHeaders(Preferences.PREFER))
                .map(wished -> wished.compareTo(longestWait) < 0 ? wished : longestWait)
                .filter(Duration::isPositive)
                .ifPresent(atMost -> await(context, question, glance, moment, atMost));
    }

    private void answer(Context context, Question question, Glance glance) {
        Filter filter = question.filter();
        long count = filter.isPlain() ? glance.tally().count(filter.read()) : inbox.count(question.reader(), filter);
        context.json(new Count(count));
    }

    /** It stays with the 304 unless something changes. */
    private void await(Context context, Question question, Glance known, long moment, Duration atMost) {
        context.header(Preferences.APPLIED, "wait=" + atMost.toSeconds());
        context.future(() -> waiting.forChange(known, question.filter().scope(), moment, atMost)
                .thenAcceptAsync(
                        change -> change.ifPresent(glance -> answerAnew(context, question, glance)),
                        Thread.ofVirtual().name("answer")::start));
    }

    private void answerAnew(Context context, Question question, Glance glance) {
        if (Revalidated.isStillValid(context, glance)) {
            return;
        }
        context.status(HttpStatus.OK);
        if (question.filter().isPlain()) {
            answer(context, question, glance);
            return;
        }
        turns.acquireUninterruptibly();
        try {
            answer(context, question, glance);
        } finally {
            turns.release();
        }
    }
}
