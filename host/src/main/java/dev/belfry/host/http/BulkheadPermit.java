package dev.belfry.host.http;

import dev.belfry.host.limit.RequestTimeLimit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A place in a {@link Bulkhead}. A permit is for work, not for a client's pace: it is given back while the request waits for its
 * client. A request that goes on in another thread takes it along.
 */
final class BulkheadPermit implements AutoCloseable {

    /** Of the request that runs in this thread. */
    static final ScopedValue<BulkheadPermit> CURRENT = ScopedValue.newInstance();

    private final Bulkhead bulkhead;
    private final RequestTimeLimit time;
    private final ReentrantLock lock = new ReentrantLock();
    private int holders = 1;

    BulkheadPermit(Bulkhead bulkhead, RequestTimeLimit time) {
        this.bulkhead = bulkhead;
        this.time = time;
    }

    RequestTimeLimit time() {
        return time;
    }

    /** One more thread holds it, which has to close it, too. */
    BulkheadPermit share() {
        lock.lock();
        try {
            holders++;
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** The thread begins to wait for the client. */
    void pause() {
        time.pause();
        close();
    }

    /**
     * The client has sent or read, and the thread goes on.
     *
     * @throws RequestTimeLimit.Exceeded when the request may not; it holds the permit even so, until it is closed
     */
    void resume() {
        lock.lock();
        try {
            if (holders++ == 0) {
                bulkhead.enterAgain();
            }
        } finally {
            lock.unlock();
        }
        time.resume();
    }

    /** The last one gives it back. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (--holders == 0) {
                bulkhead.leave();
            }
        } finally {
            lock.unlock();
        }
    }
}
