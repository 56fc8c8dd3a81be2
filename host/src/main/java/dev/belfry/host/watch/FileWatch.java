package dev.belfry.host.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells when a file has changed, by looking at it again and again: that also sees files that are replaced, deleted and made
 * anew, and the links by which Kubernetes swaps mounted files. A change counts once the file has held still from one look to
 * the next, so that half of a file is not taken for the whole.
 */
public final class FileWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final List<WatchedFile> watched = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public FileWatch() {
        this(INTERVAL);
    }

    FileWatch(Duration interval) {
        thread = Thread.ofVirtual().name("file watch").start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Thread.sleep(interval);
                } catch (InterruptedException e) {
                    return;
                }
                watched.forEach(WatchedFile::look);
            }
        });
    }

    /** Calls {@code changed} after each change of the file from now on, from one thread. */
    public void watch(Path file, Runnable changed) {
        watched.add(new WatchedFile(file, changed));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
