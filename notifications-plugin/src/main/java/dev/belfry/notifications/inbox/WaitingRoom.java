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
final class WaitingRoom {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();

    // All that follows is guarded by the lock.

    private final NavigableSet<Waiter> waiters = new TreeSet<>(Waiter.BY_END);
    private Changes changes = new Changes();
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
    record Round(boolean all, List<Waiter> concerned, List<Waiter> over) {}

    long moment() {
        return locked(() -> announced);
    }

    int size() {
        return locked(waiters::size);
    }

    /**
     * @param since a {@link #moment} from before the inbox was known
     * @param watch starts a thread that asks for the {@link #next} round until there is none
     */
    CompletableFuture<Optional<Glance>> enter(Glance known, Scope scope, long since, Duration atMost, Runnable watch) {
        return locked(() -> {
            if (closed) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            long end = System.nanoTime() + atMost.toNanos();
            Waiter waiter = new Waiter(known, scope, end, numbered++, new CompletableFuture<>());
            waiters.add(waiter);
            if (since != announced) {
                changes.of(known.recipient().user());
            }
            if (!watched) {
                watched = true;
                watch.run();
            } else if (since != announced || waiters.first() == waiter) {
                news.signal();
            }
            return waiter.answer();
        });
    }

    /** @return false when the waiter has left already */
    boolean leave(Waiter waiter) {
        return locked(() -> waiters.remove(waiter));
    }

    /** Nobody enters any more. */
    List<Waiter> close() {
        return locked(() -> {
            closed = true;
            return removeAll();
        });
    }

    /** The thread that watched has ended before its time. */
    List<Waiter> unwatched() {
        return locked(() -> {
            watched = false;
            return removeAll();
        });
    }

    private List<Waiter> removeAll() {
        List<Waiter> all = List.copyOf(waiters);
        waiters.clear();
        news.signal();
        return all;
    }

    void announce(Consumer<Changes> change) {
        locked(() -> {
            announced++;
            if (!waiters.isEmpty()) {
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
            while (!waiters.isEmpty()) {
                long now = System.nanoTime();
                List<Waiter> over = removeOver(now);
                if (now - latest >= 0) {
                    changes = new Changes();
                    return Optional.of(new Round(true, List.copyOf(waiters), over));
                }
                if (!changes.isEmpty() && now - earliest >= 0) {
                    return Optional.of(new Round(false, takeConcerned(), over));
                }
                if (!over.isEmpty()) {
                    return Optional.of(new Round(false, List.of(), over));
                }
                long wake = Math.min(latest - now, waiters.first().end() - now);
                news.awaitNanos(changes.isEmpty() ? wake : Math.min(wake, earliest - now));
            }
            changes = new Changes();
            watched = false;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private List<Waiter> removeOver(long now) {
        List<Waiter> over = new ArrayList<>();
        while (!waiters.isEmpty() && now - waiters.first().end() >= 0) {
            over.add(waiters.removeFirst());
        }
        return over;
    }

    private List<Waiter> takeConcerned() {
        Changes taken = changes;
        changes = new Changes();
        return waiters.stream()
                .filter(waiter -> taken.concern(waiter.known().recipient(), waiter.scope()))
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
