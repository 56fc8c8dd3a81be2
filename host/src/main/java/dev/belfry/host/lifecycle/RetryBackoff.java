package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules retries with exponential backoff. */
final class RetryBackoff implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetryBackoff.class);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Map<String, Duration> waits = new HashMap<>();
    private final Map<String, Thread> pending = new HashMap<>();
    private boolean closed;

    /** @return the delay until the retry */
    synchronized Duration later(String id, Runnable attempt) {
        Duration wait = waits.getOrDefault(id, FIRST);
        Duration twice = wait.multipliedBy(2);
        waits.put(id, twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
        Thread before = pending.get(id);
        if (!closed && (before == null || before == Thread.currentThread())) {
            Thread thread = Thread.ofVirtual().name("retry of " + id).unstarted(() -> run(id, wait, attempt));
            pending.put(id, thread);
            thread.start();
        }
        return wait;
    }

    private void run(String id, Duration wait, Runnable attempt) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            return;
        }
        try {
            attempt.run();
        } catch (Throwable e) {
            LOG.error("the retry of plugin {} failed unexpectedly; it is repeated", id, e);
            later(id, attempt);
        }
        synchronized (this) {
            if (pending.remove(id, Thread.currentThread())) {
                waits.remove(id);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pending.values().forEach(Thread::interrupt);
    }
}
