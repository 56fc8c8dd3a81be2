package dev.belfry.host.watch;

import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, as it was told of and as it was last seen. */
final class WatchedFile {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Runnable changed;
    private Optional<FileSignature> told;
    private Optional<FileSignature> seen;

    WatchedFile(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
        this.told = FileSignature.of(file);
        this.seen = told;
    }

    void look() {
        Optional<FileSignature> now = FileSignature.of(file);
        boolean stillChanging = !now.equals(seen);
        seen = now;
        if (stillChanging || now.equals(told)) {
            return;
        }
        told = now;
        try {
            changed.run();
        } catch (RuntimeException e) {
            LOG.warn("the change of {} could not be taken over", file, e);
        }
    }
}
