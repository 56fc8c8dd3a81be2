package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The pending polls, and the inboxes that have changed since the last check. Thread-safe. */
final class PendingPolls {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // The lock guards all fields below.

    private final NavigableSet<Poll> polls = new TreeSet<>(Poll.BY_END);
    private ChangedInboxes changes = new ChangedInboxes();
    private long announcements;
    private long nextNumber;
    private boolean watched;
    private boolean closed;

    /**
     * The polls to handle next.
     *
     * @param all true if every poll has to be checked, because the interval has passed
     * @param concerned polls whose inbox has to be checked
     * @param timedOut polls that were removed because they timed out
     */
    record Round(boolean all, List<Poll> concerned, List<Poll> timedOut) {}

    long moment() {
        return locked(() -> announcements);
    }

    int size() {
        return locked(polls::size);
    }

    /**
     * Adds a poll.
     *
     * @param since a {@link #moment} from before the version was read
     * @param watch starts a thread that calls {@link #next} until it returns empty
     */
    CompletableFuture<Optional<InboxVersion>> add(
            InboxVersion known, Scope scope, long since, Duration atMost, Runnable watch) {
        return locked(() -> {
            if (closed) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            long end = System.nanoTime() + atMost.toNanos();
            Poll poll = new Poll(known, scope, end, nextNumber++, new CompletableFuture<>());
            polls.add(poll);
            if (since != announcements) {
                changes.add(known.recipient().user());
            }
            if (!watched) {
                watched = true;
                watch.run();
            } else if (since != announcements || polls.first() == poll) {
                changed.signal();
            }
            return poll.result();
        });
    }

    /** @return false when the poll was removed already */
    boolean remove(Poll poll) {
        return locked(() -> polls.remove(poll));
    }

    /** Removes all polls. Polls that are added later return at once. */
    List<Poll> close() {
        return locked(() -> {
            closed = true;
            return removeAll();
        });
    }

    /** Removes all polls after the watching thread has failed. */
    List<Poll> watchFailed() {
        return locked(() -> {
            watched = false;
            return removeAll();
        });
    }

    private List<Poll> removeAll() {
        List<Poll> all = List.copyOf(polls);
        polls.clear();
        changed.signal();
        return all;
    }

    void announce(Consumer<ChangedInboxes> change) {
        locked(() -> {
            announcements++;
            if (!polls.isEmpty()) {
                change.accept(changes);
                changed.signal();
            }
            return announcements;
        });
    }

    /**
     * Blocks until there are polls to handle.
     *
     * @param earliest when to check the announced changes
     * @param latest when to check all polls
     * @return empty when no polls are left: the next one starts another thread
     */
    Optional<Round> next(long earliest, long latest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!polls.isEmpty()) {
                long now = System.nanoTime();
                List<Poll> timedOut = removeTimedOut(now);
                if (now - latest >= 0) {
                    changes = new ChangedInboxes();
                    return Optional.of(new Round(true, List.copyOf(polls), timedOut));
                }
                if (!changes.isEmpty() && now - earliest >= 0) {
                    return Optional.of(new Round(false, takeConcerned(), timedOut));
                }
                if (!timedOut.isEmpty()) {
                    return Optional.of(new Round(false, List.of(), timedOut));
                }
                long wake = Math.min(latest - now, polls.first().end() - now);
                changed.awaitNanos(changes.isEmpty() ? wake : Math.min(wake, earliest - now));
            }
            changes = new ChangedInboxes();
            watched = false;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private List<Poll> removeTimedOut(long now) {
        List<Poll> timedOut = new ArrayList<>();
        while (!polls.isEmpty() && now - polls.first().end() >= 0) {
            timedOut.add(polls.removeFirst());
        }
        return timedOut;
    }

    private List<Poll> takeConcerned() {
        ChangedInboxes taken = changes;
        changes = new ChangedInboxes();
        return polls.stream()
                .filter(poll -> taken.includes(poll.known().recipient(), poll.scope()))
                .toList();
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
