package dev.belfry.host.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which files of a folder have come, changed or gone, by looking again and again: that also works on network and
 * container mounts. A file counts once it has held still from one look to the next.
 */
public final class FolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** What is done about a change. All calls come from one thread. */
    public interface Listener {

        /** A file is new, or has other content. */
        void settled(Path file);

        void gone(Path file);
    }

    private final Path folder;
    private final Predicate<Path> wanted;
    private final Listener listener;
    private final Map<Path, FileSignature> told = new HashMap<>();
    private final Map<Path, FileSignature> seen = new HashMap<>();
    private final Thread thread;

    /**
     * What is in the folder now counts as told.
     *
     * @param wanted which files matter
     */
    public FolderWatch(Path folder, Predicate<Path> wanted, Listener listener) {
        this.folder = folder;
        this.wanted = wanted;
        this.listener = listener;
        told.putAll(look());
        seen.putAll(told);
        thread = Thread.ofVirtual().name("folder watch").unstarted(this::run);
    }

    /** From here on changes are told. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
            compare(look());
        }
    }

    private void compare(Map<Path, FileSignature> now) {
        now.forEach((file, signature) -> {
            boolean holdsStill = signature.equals(seen.get(file));
            if (holdsStill && !signature.equals(told.get(file))) {
                told.put(file, signature);
                tell(file, listener::settled);
            }
        });
        // After what has come: a file that has another name by now must not be gone in between. And only when it was
        // not
        // there for two looks: a file that is deleted and copied anew is there again.
        for (Path file : List.copyOf(told.keySet())) {
            if (!now.containsKey(file) && !seen.containsKey(file)) {
                told.remove(file);
                tell(file, listener::gone);
            }
        }
        seen.clear();
        seen.putAll(now);
    }

    private static void tell(Path file, Consumer<Path> how) {
        try {
            how.accept(file);
        } catch (RuntimeException e) {
            LOG.error("the change of {} could not be taken over", file, e);
        }
    }

    private Map<Path, FileSignature> look() {
        Map<Path, FileSignature> found = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(wanted).forEach(file -> FileSignature.of(file).ifPresent(now -> found.put(file, now)));
        } catch (IOException e) {
            // A folder that is not there holds nothing.
            return Map.of();
        }
        return found;
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
    }
}
