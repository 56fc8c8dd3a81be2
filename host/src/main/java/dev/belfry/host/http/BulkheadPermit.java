package dev.belfry.host.http;

import dev.belfry.host.limit.RequestTimeLimit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A permit of a {@link Bulkhead}. It stands for work, so it is released while the request waits for its client.
 * Asynchronous work of the request shares it.
 */
final class BulkheadPermit implements AutoCloseable {

    /** The permit of the request that runs in this thread. */
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

    /** Shares the permit with one more thread, which must close it as well. */
    BulkheadPermit share() {
        lock.lock();
        try {
            holders++;
            return this;
        } finally {
            lock.unlock();
        }
    }

    /** The thread starts to wait for the client. */
    void pause() {
        time.pause();
        close();
    }

    /**
     * The client has sent or read data, and the thread continues.
     *
     * @throws RequestTimeLimit.Exceeded when the request is out of time; the permit stays held until it is closed
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

    /** The last holder releases it. */
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
