package dev.belfry.host.watch;

import dev.belfry.host.files.RegularFile;
import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Watches files by polling. That also detects files that are replaced or deleted and created again, and the links by
 * which Kubernetes swaps mounted files. A change counts when the file is the same in two consecutive polls, so that a
 * half-written file is not read.
 */
public final class FileWatch implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final List<WatchedFile> watched = new CopyOnWriteArrayList<>();
    private final RepeatingThread thread;

    /** Applies a change. */
    @FunctionalInterface
    public interface Change {

        /** @throws IOException when the file cannot be read now: the call is repeated until it can */
        void take() throws IOException;
    }

    /** The watch of one file. Closing ends it. */
    public interface Watch extends AutoCloseable {

        /** Says that the file cannot be read now: {@link Change#take} is called until it can. */
        void failed(IOException reason);

        @Override
        void close();
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

    /** Calls {@code changed} after each change of the file from now on, on one thread. */
    public Watch watch(Path file, Change changed) {
        return watch(new WatchedFile(file, changed), file);
    }

    /**
     * Calls {@code changed} after each change of something else than one file.
     *
     * @param what its name in messages
     * @param state differs after a change
     */
    public Watch watch(String what, Path path, Supplier<?> state, Change changed) {
        return watch(new WatchedFile(what, path, state, changed), path);
    }

    private Watch watch(WatchedFile file, Path path) {
        watched.add(file);
        return new Watch() {
            @Override
            public void failed(IOException reason) {
                file.failed(RegularFile.reason(path, reason));
            }

            @Override
            public void close() {
                watched.remove(file);
            }
        };
    }

    /** The files that cannot be read now, with the reason. */
    public List<String> obstacles() {
        return watched.stream().flatMap(file -> file.obstacle().stream()).toList();
    }

    @Override
    public void close() {
        thread.close();
    }
}
