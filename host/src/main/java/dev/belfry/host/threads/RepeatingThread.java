package dev.belfry.host.threads;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats a pass at an interval. It continues after every exception, also after an OutOfMemoryError;
 * under the launcher, the JVM exits at one.
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

    /** The exception of the last pass; null = success. */
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

    /** Starts the thread; the first pass runs after one interval. */
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
                // Only close() ends the thread: a plugin that starts on it may interrupt it.
            } catch (Throwable thrown) {
                failed(thrown);
            }
        }
    }

    private void failed(Throwable thrown) {
        try {
            String now = thrown.toString();
            if (!now.equals(failure)) {
                LOG.error(
                        "thread '{}': a pass failed; the next pass starts in {} ms", name, interval.toMillis(), thrown);
            }
            failure = now;
        } catch (Throwable unspeakable) {
            // If even logging fails, readiness still reports it.
            failure = thrown.getClass().getName();
        }
    }

    private Optional<String> trouble() {
        String failed = failure;
        if (started && !closed && !thread.isAlive()) {
            return Optional.of("the thread '" + name + "' has ended");
        }
        // Everybody can read it; the exception is in the log.
        return failed == null ? Optional.empty() : Optional.of("the thread '" + name + "' fails: see the log");
    }

    private void join() {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a pass in progress, for a short time. */
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
