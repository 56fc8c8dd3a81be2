package dev.belfry.host.lifecycle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules retries with exponential backoff. */
final class RetryBackoff implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetryBackoff.class);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Consumer<String> attempt;
    private final Map<String, Duration> waits = new HashMap<>();
    private final Map<String, Thread> pending = new HashMap<>();
    private boolean closed;

    /** @param attempt begins the retry of the plugin with the given id */
    RetryBackoff(Consumer<String> attempt) {
        this.attempt = attempt;
    }

    /** @return the delay until the retry */
    synchronized Duration later(String id) {
        Duration wait = waits.getOrDefault(id, FIRST);
        Duration twice = wait.multipliedBy(2);
        waits.put(id, twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
        if (!closed && !pending.containsKey(id)) {
            Thread thread = Thread.ofVirtual().name("retry of " + id).unstarted(() -> run(id, wait));
            pending.put(id, thread);
            thread.start();
        }
        return wait;
    }

    /** The next delay of this plugin is the shortest again. */
    synchronized void reset(String id) {
        waits.remove(id);
    }

    private void run(String id, Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            return;
        }
        synchronized (this) {
            pending.remove(id);
        }
        try {
            attempt.accept(id);
        } catch (Throwable e) {
            LOG.error("the retry of plugin {} failed unexpectedly; it is repeated", id, e);
            later(id);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pending.values().forEach(Thread::interrupt);
    }
}
