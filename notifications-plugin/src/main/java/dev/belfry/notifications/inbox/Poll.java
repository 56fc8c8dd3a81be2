package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Scope;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits for an inbox to change.
 *
 * @param known how the waiter knows it
 * @param end when the waiting is over, by {@link System#nanoTime}
 * @param number unlike every other's
 */
record Poll(InboxVersion known, Scope scope, long end, long number, CompletableFuture<Optional<InboxVersion>> answer) {

    static final Comparator<Poll> BY_END =
            Comparator.comparingLong(Poll::end).thenComparingLong(Poll::number);
}
