package dev.belfry.host.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tells one content of a file from another. */
record FileFingerprint(long size, FileTime modified, @Nullable Object key) {

    /** Of a file that is there and cannot be looked at: no file has this one. */
    static final FileFingerprint UNREADABLE = new FileFingerprint(-1, FileTime.fromMillis(0), null);

    /** @return empty where there is none, and where there is one that cannot be looked at */
    static Optional<FileFingerprint> of(Path file) {
        try {
            return in(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * @return empty when there is no such file
     * @throws IOException when there may be one: it cannot be looked at, or is a link to a file that does not exist
     */
    static Optional<FileFingerprint> in(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileFingerprint(found.size(), found.lastModifiedTime(), found.fileKey()));
        } catch (NoSuchFileException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
