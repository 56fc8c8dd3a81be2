package dev.belfry.host.watch;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watched file, or set of files: its last reported state and its last seen state. */
final class WatchedFile {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Supplier<?> state;
    private final FileWatch.Change change;
    private final ReadFailure trouble;
    private Object told;
    private Object seen;

    WatchedFile(Path file, FileWatch.Change change) {
        this("the file '" + file.getFileName() + "'", file, () -> FileFingerprint.of(file), change);
    }

    /**
     * @param what its name in messages
     * @param state differs after a change
     */
    WatchedFile(String what, Path file, Supplier<?> state, FileWatch.Change change) {
        this.file = file;
        this.state = state;
        this.change = change;
        this.trouble = new ReadFailure(what, file);
        this.told = state.get();
        this.seen = told;
    }

    /** A failed read is repeated at each poll. */
    void look() {
        Object now = state.get();
        boolean stillChanging = !now.equals(seen);
        seen = now;
        if (stillChanging || (now.equals(told) && !trouble.isThere())) {
            return;
        }
        told = now;
        try {
            change.take();
            trouble.ends();
        } catch (IOException e) {
            failed(RegularFile.reason(file, e));
        } catch (Throwable e) {
            // The other files are still checked.
            LOG.error("processing the change of {} failed", file, e);
        }
    }

    void failed(String reason) {
        trouble.begins(reason);
    }

    Optional<String> obstacle() {
        return trouble.text();
    }
}
