package dev.belfry.host.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a file has changed, by looking at it again and again: that also sees files that are replaced, deleted and made
 * anew, and the links by which Kubernetes swaps mounted files.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
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
                watched.forEach(Watched::look);
            }
        });
    }

    /** Calls {@code changed} after each change of the file, from one thread. */
    public void watch(Path file, Runnable changed) {
        watched.add(new Watched(file, changed));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** What tells one content of a file from another. */
    private record Signature(
            long size, FileTime modified, @Nullable Object key) {}

    private static final class Watched {
        private final Path file;
        private final Runnable changed;
        private Optional<Signature> last;

        Watched(Path file, Runnable changed) {
            this.file = file;
            this.changed = changed;
            this.last = signature();
        }

        void look() {
            Optional<Signature> now = signature();
            if (now.equals(last)) {
                return;
            }
            last = now;
            try {
                changed.run();
            } catch (RuntimeException e) {
                LOG.warn("the change of {} could not be taken over", file, e);
            }
        }

        private Optional<Signature> signature() {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Signature(found.size(), found.lastModifiedTime(), found.fileKey()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
