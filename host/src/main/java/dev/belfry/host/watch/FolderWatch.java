package dev.belfry.host.watch;

import dev.belfry.host.threads.HostThreads;
import dev.belfry.host.threads.RepeatingThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files of a folder by polling, which also works on network and container mounts. A file counts when it is
 * the same in two consecutive polls. An unreadable folder does not count as empty: files are reported as removed only
 * after it can be read again.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** The delay before a file that could not be read is reported again. */
    private static final Duration REST = Duration.ofSeconds(2);

    /** Receives changes. All calls come from one thread. */
    public interface Listener {

        /**
         * A file is new, or its content has changed.
         *
         * @return false when it could not be read now; the call is then repeated
         */
        boolean settled(Path file);

        void gone(Path file);
    }

    private final WatchedFolder folder;
    private final Listener listener;
    private final Map<Path, FileFingerprint> told = new HashMap<>();
    private final Map<Path, FileFingerprint> seen = new HashMap<>();

    /** Files to report again, and the earliest time. */
    private final Map<Path, Long> again = new ConcurrentHashMap<>();

    private final RepeatingThread thread;

    /**
     * The current files count as known; the caller processes them: {@link #files}.
     *
     * @param wanted filter of file names
     */
    public FolderWatch(Path folder, Predicate<Path> wanted, Listener listener, HostThreads threads) {
        this.folder = new WatchedFolder(folder, wanted);
        this.listener = listener;
        look().ifPresent(told::putAll);
        seen.putAll(told);
        thread = threads.every("folder watch", INTERVAL, () -> look().ifPresent(this::compare));
    }

    /** The files at creation, before {@link #start}. */
    public List<Path> files() {
        return List.copyOf(told.keySet());
    }

    /** Requests that a file is reported again a little later, before {@link #start}. */
    public void tellAgain(Path file) {
        again.put(file, System.nanoTime() + REST.toNanos());
    }

    /** Reports a file again soon, although it has not changed. */
    public void tellSoon(Path file) {
        again.put(file, System.nanoTime());
    }

    /** Starts to report changes. */
    public void start() {
        thread.start();
    }

    /** The folder, or files in it, that cannot be read now, with the reason. */
    public List<String> obstacles() {
        return folder.obstacles();
    }

    /** @return empty when the folder cannot be read */
    private Optional<Map<Path, FileFingerprint>> look() {
        try {
            return Optional.of(folder.look(told));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void compare(Map<Path, FileFingerprint> now) {
        now.forEach((file, signature) -> {
            boolean holdsStill = signature.equals(seen.get(file));
            if (holdsStill && (!signature.equals(told.get(file)) || isDueAgain(file))) {
                told.put(file, signature);
                settled(file);
            }
        });
        // After new files, so that a renamed file is never missing. Only after two polls without it, since a file may
        // be deleted and copied again.
        for (Path file : List.copyOf(told.keySet())) {
            if (!now.containsKey(file) && !seen.containsKey(file)) {
                told.remove(file);
                again.remove(file);
                gone(file);
            }
        }
        seen.clear();
        seen.putAll(now);
    }

    private boolean isDueAgain(Path file) {
        Long due = again.get(file);
        return due != null && System.nanoTime() - due >= 0;
    }

    private void settled(Path file) {
        again.remove(file);
        try {
            if (!listener.settled(file)) {
                tellAgain(file);
            }
        } catch (Throwable e) {
            LOG.error("processing the change of {} failed", file, e);
        }
    }

    private void gone(Path file) {
        try {
            listener.gone(file);
        } catch (Throwable e) {
            LOG.error("processing the removal of {} failed", file, e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
