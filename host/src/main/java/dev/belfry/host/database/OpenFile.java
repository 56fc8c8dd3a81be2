package dev.belfry.host.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a database that connections have open. If it is removed or replaced, they read and write on without an error, and
 * what they write is lost with the last of them. SQLite itself notices this only without a write-ahead log (SQLITE_READONLY_DBMOVED).
 */
final class OpenFile {

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private volatile boolean opened;

    /** Null where the file system has none. */
    private volatile @Nullable Object key;

    private volatile boolean gone;
    private volatile long looked;

    OpenFile(Path file) {
        this.file = file;
    }

    /** A connection has been opened. The first connection decides the key: a copy-on-write file system may change it before. */
    void opened() {
        if (!opened) {
            key = keyNow();
            looked = System.nanoTime();
            opened = true;
        }
    }

    /** As {@link #require}, but looks at the file at most once a second. */
    void requireSoon() throws UnusableDatabase {
        if (gone || System.nanoTime() - looked > INTERVAL) {
            require();
        }
    }

    /** @throws UnusableDatabase if the connections have another file open than the one at the path */
    void require() throws UnusableDatabase {
        looked = System.nanoTime();
        gone = opened && !Objects.equals(key, keyNow());
        if (gone) {
            throw new UnusableDatabase(
                    "the file " + file
                            + " has been removed or replaced. What the plugin has stored is lost when the host"
                            + " stops: export it now, then stop the host and restore a backup",
                    Outages.UNDEFINED_FILE);
        }
    }

    private @Nullable Object keyNow() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return this;
        } catch (IOException e) {
            // SQLite itself says why it can be neither read nor written.
            return key;
        }
    }
}
