package dev.belfry.host.watch;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watched file: its last reported state and its last seen state. */
final class WatchedFile {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final FileWatch.Change change;
    private final ReadFailure trouble;
    private Optional<FileFingerprint> told;
    private Optional<FileFingerprint> seen;

    WatchedFile(Path file, FileWatch.Change change) {
        this.file = file;
        this.change = change;
        this.trouble = new ReadFailure("the file '" + file.getFileName() + "'", file);
        this.told = FileFingerprint.of(file);
        this.seen = told;
    }

    /** A failed read is repeated at each poll. */
    void look() {
        Optional<FileFingerprint> now = FileFingerprint.of(file);
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
            trouble.begins(RegularFile.reason(file, e));
        } catch (Throwable e) {
            // The other files are still checked.
            LOG.error("processing the change of {} failed", file, e);
        }
    }

    Optional<String> obstacle() {
        return trouble.text();
    }
}
