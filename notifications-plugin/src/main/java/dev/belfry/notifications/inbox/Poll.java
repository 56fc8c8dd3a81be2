package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Scope;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A request that waits for a change of an inbox.
 *
 * @param known the version that the client has
 * @param end when the request times out, by {@link System#nanoTime}
 * @param number unique
 */
record Poll(InboxVersion known, Scope scope, long end, long number, CompletableFuture<Optional<InboxVersion>> result) {

    static final Comparator<Poll> BY_END = Comparator.comparingLong(Poll::end).thenComparingLong(Poll::number);
}
