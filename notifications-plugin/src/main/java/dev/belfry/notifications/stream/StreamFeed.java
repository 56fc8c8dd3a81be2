package dev.belfry.notifications.stream;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.event.InboxEvent;
import dev.belfry.notifications.event.InboxListener;
import dev.belfry.notifications.inbox.Memberships;
import dev.belfry.notifications.storage.NotificationStore;
import dev.belfry.notifications.storage.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of this host. While there are any, one thread reads the changes for all of them: soon after a change on this host, and at
 * an interval, because other hosts make changes, too.
 *
 * @param <E> an encoded event
 */
public final class StreamFeed<E> implements InboxListener {

    private static final long INTERVAL = Duration.ofMillis(700).toNanos();

    /** The interval of checks for changes that the database does not record: of memberships, and purges by other hosts. */
    private static final long FULL_INTERVAL = Duration.ofSeconds(10).toNanos();

    /** Minimum time between two rounds, so that simultaneous changes are read together. */
    private static final long MIN_PAUSE = Duration.ofMillis(20).toNanos();

    private final StreamEncoder<E> encoder;
    private final Consumer<Throwable> onFailure;
    private final FeedRounds<E> rounds;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // The lock guards the fields below.

    private final List<OpenStream<E>> joining = new ArrayList<>();
    private final List<OpenStream<E>> leaving = new ArrayList<>();
    private int open;
    private boolean woken;
    private boolean fullCheck;
    private boolean running;
    private boolean closed;

    /** @param onFailure called with the first failure of a series */
    public StreamFeed(
            NotificationStore store, Memberships memberships, StreamEncoder<E> encoder, Consumer<Throwable> onFailure) {
        this.encoder = encoder;
        this.onFailure = onFailure;
        this.rounds = new FeedRounds<>(store, store, store, memberships, encoder, this::look);
    }

    /**
     * Begins a stream. Its first event follows soon, on another thread.
     *
     * @param lastEventId id of the last event that the client has received; null = it begins anew
     * @return ends the stream
     */
    public Runnable open(EntityRef user, Scope scope, @Nullable String lastEventId, StreamClient<E> client) {
        OpenStream<E> stream = new OpenStream<>(user, scope, lastEventId, client, encoder);
        lock.lock();
        try {
            if (!closed) {
                open++;
                joining.add(stream);
                woken = true;
                changed.signal();
                start();
            }
        } finally {
            lock.unlock();
        }
        return () -> leave(stream);
    }

    private void leave(OpenStream<E> stream) {
        lock.lock();
        try {
            leaving.add(stream);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The number of open streams. */
    public int size() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread. Streams get no further events. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void on(InboxEvent event) {
        wake(event instanceof InboxEvent.InboxesChanged);
    }

    /** Looks soon for changes that other hosts have made. */
    public void look() {
        wake(false);
    }

    private void wake(boolean full) {
        lock.lock();
        try {
            if (running) {
                woken = true;
                fullCheck |= full;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (running) {
            return;
        }
        running = true;
        Thread thread = Thread.ofVirtual().name("inbox-streams").unstarted(this::run);
        // The calling thread may have another class loader.
        thread.setContextClassLoader(StreamFeed.class.getClassLoader());
        thread.start();
    }

    private void run() {
        boolean ended = false;
        try {
            runWhileOpen();
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!ended) {
                // An unexpected error has ended this thread. The next stream starts another one, which continues for
                // all.
                failed();
            }
        }
    }

    private void failed() {
        lock.lock();
        try {
            running = false;
        } finally {
            lock.unlock();
        }
    }

    private void runWhileOpen() throws InterruptedException {
        List<OpenStream<E>> newcomers = new ArrayList<>();
        long last = System.nanoTime() - INTERVAL;
        long lastFull = System.nanoTime();
        long took = 0;
        boolean failing = false;
        while (awaitWork(newcomers, failing ? last + INTERVAL : last + Math.max(MIN_PAUSE, took), last + INTERVAL)) {
            long begin = System.nanoTime();
            boolean full = takeFullCheck() || begin - lastFull > FULL_INTERVAL;
            failing = !isRun(newcomers, full, failing);
            if (full && failing) {
                requestFullCheck();
            }
            last = System.nanoTime();
            took = last - begin;
            lastFull = full ? last : lastFull;
        }
    }

    /**
     * Blocks until there is something to do.
     *
     * @param newcomers receives the new streams
     * @param earliest the time of the next round if there is something new
     * @param latest the time of the next round otherwise
     * @return false if no streams are left: the next one starts another thread
     */
    private boolean awaitWork(List<OpenStream<E>> newcomers, long earliest, long latest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                leaving.forEach(stream -> {
                    open--;
                    joining.remove(stream);
                    newcomers.remove(stream);
                    rounds.remove(stream);
                });
                leaving.clear();
                if (closed || (joining.isEmpty() && newcomers.isEmpty() && rounds.isEmpty())) {
                    rounds.forgetCursor();
                    running = false;
                    return false;
                }
                long now = System.nanoTime();
                long due = (woken ? earliest : latest) - now;
                if (due <= 0) {
                    woken = false;
                    newcomers.addAll(joining);
                    joining.clear();
                    return true;
                }
                changed.awaitNanos(due);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean takeFullCheck() {
        lock.lock();
        try {
            boolean taken = fullCheck;
            fullCheck = false;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void requestFullCheck() {
        lock.lock();
        try {
            fullCheck = true;
        } finally {
            lock.unlock();
        }
    }

    /** @return false after a failure; the streams stay open */
    private boolean isRun(List<OpenStream<E>> newcomers, boolean full, boolean failedBefore) {
        try {
            rounds.run(newcomers, full);
            return true;
        } catch (RuntimeException | LinkageError e) {
            if (!failedBefore) {
                onFailure.accept(e);
            }
            return false;
        }
    }
}
