package dev.belfry.host.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Folders in which the host cannot write, in words for operators. */
public final class UnusableFolder {

    private UnusableFolder() {}

    /** Why a folder, or a file in it, cannot be created or written to. */
    public static String reason(Path folder, IOException failure) {
        Path place = failure instanceof FileSystemException named && named.getFile() != null
                ? Path.of(named.getFile())
                : folder;
        Optional<String> deadLink = deadLink(place);
        if (deadLink.isPresent()) {
            return deadLink.get();
        }
        Path found = existing(place);
        if (Files.isRegularFile(found) && (failure instanceof FileAlreadyExistsException || !found.equals(place))) {
            return found + " is a file, not a folder";
        }
        return switch (failure) {
            case AccessDeniedException _ ->
                "the user '" + System.getProperty("user.name") + "' may not write to " + found;
            // Such as /proc, which has only what the kernel puts there.
            case NoSuchFileException _ -> "nothing can be created in " + found;
            case FileSystemException named when named.getReason() != null -> place + ": " + named.getReason();
            default -> RegularFile.reason(place, failure);
        };
    }

    /** Says which link on the way to a path leads to nothing; empty if none does. */
    public static Optional<String> deadLink(Path path) {
        for (Path place = path.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.isSymbolicLink(place) && !Files.exists(place)) {
                return Optional.of(place + " is a link to something that does not exist");
            }
        }
        return Optional.empty();
    }

    /** The path itself, or else the nearest folder above it that exists. */
    public static Path existing(Path path) {
        Path found = path.toAbsolutePath();
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
