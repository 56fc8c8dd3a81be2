package dev.belfry.host.watch;

import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import java.io.IOException;
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
    private final RepeatingThread thread;

    /** Takes a change over. */
    @FunctionalInterface
    public interface Change {

        /** @throws IOException when the file cannot be read now: it is called again until it can */
        void take() throws IOException;
    }

    public FileWatch() {
        this(new HostThreads());
    }

    public FileWatch(HostThreads threads) {
        this(threads, INTERVAL);
    }

    FileWatch(HostThreads threads, Duration interval) {
        thread = threads.every("file watch", interval, () -> watched.forEach(WatchedFile::look));
        thread.start();
    }

    /** Calls {@code changed} after each change of the file from now on, from one thread. */
    public void watch(Path file, Change changed) {
        watched.add(new WatchedFile(file, changed));
    }

    /** Files that cannot be read now, with the reason. */
    public List<String> obstacles() {
        return watched.stream().flatMap(file -> file.obstacle().stream()).toList();
    }

    @Override
    public void close() {
        thread.close();
    }
}
