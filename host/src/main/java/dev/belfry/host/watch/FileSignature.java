package dev.belfry.host.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What tells one content of a file from another. */
record FileSignature(long size, FileTime modified, @Nullable Object key) {

    static Optional<FileSignature> of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new FileSignature(found.size(), found.lastModifiedTime(), found.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
