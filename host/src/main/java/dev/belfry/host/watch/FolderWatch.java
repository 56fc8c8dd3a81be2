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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files of a folder have come, changed or gone, by looking again and again: that also works on network and
 * container mounts. A file counts once it has held still from one look to the next. A folder that cannot be read is not an
 * empty one: nothing has gone until it can be read again.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** How long what could not be read is left alone. */
    private static final Duration REST = Duration.ofSeconds(2);

    /** What is done about a change. All calls come from one thread. */
    public interface Listener {

        /**
         * A file is new, or has other content.
         *
         * @return false when it could not be read now: it is told again
         */
        boolean settled(Path file);

        void gone(Path file);
    }

    private final WatchedFolder folder;
    private final Listener listener;
    private final Map<Path, FileFingerprint> told = new HashMap<>();
    private final Map<Path, FileFingerprint> seen = new HashMap<>();

    /** Files that are told again, and from when on. */
    private final Map<Path, Long> again = new HashMap<>();

    private final RepeatingThread thread;

    /**
     * What is in the folder now counts as told, and is for the caller to take over: {@link #files}.
     *
     * @param wanted which files matter
     */
    public FolderWatch(Path folder, Predicate<Path> wanted, Listener listener, HostThreads threads) {
        this.folder = new WatchedFolder(folder, wanted);
        this.listener = listener;
        look().ifPresent(told::putAll);
        seen.putAll(told);
        thread = threads.every("folder watch", INTERVAL, () -> look().ifPresent(this::compare));
    }

    /** What is there, before {@link #start}. */
    public List<Path> files() {
        return List.copyOf(told.keySet());
    }

    /** Has a file told again a little later, before {@link #start}. */
    public void tellAgain(Path file) {
        again.put(file, System.nanoTime() + REST.toNanos());
    }

    /** From here on changes are told. */
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
        // After what has come: a file that has another name by now must not be gone in between. And only when it was
        // not
        // there for two looks: a file that is deleted and copied anew is there again.
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
            LOG.error("the change of {} could not be taken over", file, e);
        }
    }

    private void gone(Path file) {
        try {
            listener.gone(file);
        } catch (Throwable e) {
            LOG.error("{} has gone, and that could not be taken over", file, e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
