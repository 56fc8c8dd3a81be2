package dev.belfry.host.watch;

import dev.belfry.host.files.OrdinaryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, as it was told of and as it was last seen. */
final class WatchedFile {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final FileWatch.Change change;
    private final Trouble trouble;
    private Optional<FileSignature> told;
    private Optional<FileSignature> seen;

    WatchedFile(Path file, FileWatch.Change change) {
        this.file = file;
        this.change = change;
        this.trouble = new Trouble("the file '" + file.getFileName() + "'", file);
        this.told = FileSignature.of(file);
        this.seen = told;
    }

    /** What could not be read is tried again at each look. */
    void look() {
        Optional<FileSignature> now = FileSignature.of(file);
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
            trouble.begins(OrdinaryFile.reason(file, e));
        } catch (Throwable e) {
            // Of one file; the others are looked at all the same.
            LOG.error("the change of {} could not be taken over", file, e);
        }
    }

    Optional<String> obstacle() {
        return trouble.text();
    }
}
