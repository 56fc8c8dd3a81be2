package dev.belfry.host.threads;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that does the same again and again. Whatever is thrown by one pass, the next one comes; an OutOfMemoryError, too:
 * the launcher's JVM ends at one.
 */
public final class RepeatingThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatingThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final Duration interval;
    private final Pass pass;
    private final Thread thread;
    private final HostThreads.Watch registration;
    private volatile boolean started;
    private volatile boolean closed;

    /** What the last pass threw; null when it went well. */
    private volatile @Nullable String failure;

    /** One pass. */
    @FunctionalInterface
    public interface Pass {
        void run() throws Exception;
    }

    RepeatingThread(String name, Duration interval, Pass pass, HostThreads threads) {
        this.name = name;
        this.interval = interval;
        this.pass = pass;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
        this.registration = threads.watch(this::trouble);
    }

    /** The first pass comes after one interval. */
    public void start() {
        started = true;
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(interval);
                pass.run();
                failure = null;
            } catch (InterruptedException e) {
                // Only close() ends it: a plugin that is started on this thread may interrupt it.
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    private void failed(Throwable thrown) {
        try {
            String now = thrown.toString();
            if (!now.equals(failure)) {
                LOG.error("thread '{}': a pass failed, the next one comes in {} ms", name, interval.toMillis(), thrown);
            }
            failure = now;
        } catch (Throwable unspeakable) {
            // Where even the log fails, readiness still says it.
            failure = thrown.getClass().getName();
        }
    }

    private Optional<String> trouble() {
        String failed = failure;
        if (started && !closed && !thread.isAlive()) {
            return Optional.of("the thread '" + name + "' has ended");
        }
        return failed == null ? Optional.empty() : Optional.of("the thread '" + name + "' fails: " + failed);
    }

    private void join() {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the pass that is going on, for a short time. */
    @Override
    public void close() {
        closed = true;
        registration.close();
        thread.interrupt();
        if (started && Thread.currentThread() != thread) {
            join();
        }
    }
}
