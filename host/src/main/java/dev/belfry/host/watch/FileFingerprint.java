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

/** File attributes that change with the content, and whether it can be read. */
public record FileFingerprint(
        long size, FileTime modified, @Nullable Object key, boolean readable) {

    /** A file that exists but cannot be examined; equal to no real file. */
    static final FileFingerprint UNREADABLE = new FileFingerprint(-1, FileTime.fromMillis(0), null, false);

    /** @return empty when the file is missing or cannot be examined */
    static Optional<FileFingerprint> of(Path file) {
        try {
            return in(file);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * @return empty when the file does not exist
     * @throws IOException when it may exist: it cannot be examined, or is a broken link
     */
    public static Optional<FileFingerprint> in(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileFingerprint(
                    found.size(), found.lastModifiedTime(), found.fileKey(), Files.isReadable(file)));
        } catch (NoSuchFileException e) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
