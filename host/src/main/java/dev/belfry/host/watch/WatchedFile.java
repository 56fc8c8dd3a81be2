package dev.belfry.host.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file, as it was told of and as it was last seen. */
final class WatchedFile {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Runnable changed;
    private Optional<Signature> told;
    private Optional<Signature> seen;

    /** What tells one content of a file from another. */
    private record Signature(
            long size, FileTime modified, @Nullable Object key) {}

    WatchedFile(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
        this.told = signature();
        this.seen = told;
    }

    void look() {
        Optional<Signature> now = signature();
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

    private Optional<Signature> signature() {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Signature(found.size(), found.lastModifiedTime(), found.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
