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

/** Who waits, and what has been changed meanwhile. */
final class PendingPolls {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    // All that follows is guarded by the lock.

    private final NavigableSet<Poll> polls = new TreeSet<>(Poll.BY_END);
    private ChangedInboxes changes = new ChangedInboxes();
    private long announced;
    private long numbered;
    private boolean watched;
    private boolean closed;

    /**
     * What is to be done next.
     *
     * @param all whether all are concerned because it is time to look for all
     * @param over whose time is over; they have left
     */
    record Round(boolean all, List<Poll> concerned, List<Poll> over) {}

    long moment() {
        return locked(() -> announced);
    }

    int size() {
        return locked(polls::size);
    }

    /**
     * @param since a {@link #moment} from before the inbox was known
     * @param watch starts a thread that asks for the {@link #next} round until there is none
     */
    CompletableFuture<Optional<InboxVersion>> enter(InboxVersion known, Scope scope, long since, Duration atMost, Runnable watch) {
        return locked(() -> {
            if (closed) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            long end = System.nanoTime() + atMost.toNanos();
            Poll poll = new Poll(known, scope, end, numbered++, new CompletableFuture<>());
            polls.add(poll);
            if (since != announced) {
                changes.of(known.recipient().user());
            }
            if (!watched) {
                watched = true;
                watch.run();
            } else if (since != announced || polls.first() == poll) {
                news.signal();
            }
            return poll.answer();
        });
    }

    /** @return false when the waiter has left already */
    boolean leave(Poll poll) {
        return locked(() -> polls.remove(poll));
    }

    /** Nobody enters any more. */
    List<Poll> close() {
        return locked(() -> {
            closed = true;
            return removeAll();
        });
    }

    /** The thread that watched has ended before its time. */
    List<Poll> unwatched() {
        return locked(() -> {
            watched = false;
            return removeAll();
        });
    }

    private List<Poll> removeAll() {
        List<Poll> all = List.copyOf(polls);
        polls.clear();
        news.signal();
        return all;
    }

    void announce(Consumer<ChangedInboxes> change) {
        locked(() -> {
            announced++;
            if (!polls.isEmpty()) {
                change.accept(changes);
                news.signal();
            }
            return announced;
        });
    }

    /**
     * Waits until there is something to do.
     *
     * @param earliest when to look for what was announced
     * @param latest when to look for all
     * @return empty when nobody waits any more: the next who does is watched by another thread
     */
    Optional<Round> next(long earliest, long latest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!polls.isEmpty()) {
                long now = System.nanoTime();
                List<Poll> over = removeOver(now);
                if (now - latest >= 0) {
                    changes = new ChangedInboxes();
                    return Optional.of(new Round(true, List.copyOf(polls), over));
                }
                if (!changes.isEmpty() && now - earliest >= 0) {
                    return Optional.of(new Round(false, takeConcerned(), over));
                }
                if (!over.isEmpty()) {
                    return Optional.of(new Round(false, List.of(), over));
                }
                long wake = Math.min(latest - now, polls.first().end() - now);
                news.awaitNanos(changes.isEmpty() ? wake : Math.min(wake, earliest - now));
            }
            changes = new ChangedInboxes();
            watched = false;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private List<Poll> removeOver(long now) {
        List<Poll> over = new ArrayList<>();
        while (!polls.isEmpty() && now - polls.first().end() >= 0) {
            over.add(polls.removeFirst());
        }
        return over;
    }

    private List<Poll> takeConcerned() {
        ChangedInboxes taken = changes;
        changes = new ChangedInboxes();
        return polls.stream()
                .filter(poll -> taken.concern(poll.known().recipient(), poll.scope()))
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
