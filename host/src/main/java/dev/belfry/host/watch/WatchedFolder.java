package dev.belfry.host.watch;

import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The content of a watched folder, if it is readable. */
final class WatchedFolder {

    private final Path folder;
    private final Predicate<Path> wanted;
    private final ReadFailure trouble;
    private final Map<Path, ReadFailure> files = new ConcurrentHashMap<>();

    /** The file system of the folder when it last had files; empty if it never had any. */
    private Optional<String> device = Optional.empty();

    private boolean everThere;

    WatchedFolder(Path folder, Predicate<Path> wanted) {
        this.folder = folder;
        this.wanted = wanted;
        this.trouble = new ReadFailure("the plugin folder '" + folder.getFileName() + "'", folder);
    }

    /**
     * @param known the known files; a known file that cannot be examined now still counts as present
     * @throws IOException when the folder cannot be read; this has been logged
     */
    Map<Path, FileFingerprint> look(Map<Path, FileFingerprint> known) throws IOException {
        try {
            Map<Path, FileFingerprint> found = new HashMap<>();
            for (Path file : list()) {
                signatureOf(file, known).ifPresent(now -> found.put(file, now));
            }
            requireSameDevice(!found.isEmpty());
            files.keySet().retainAll(found.keySet());
            everThere = true;
            trouble.ends();
            return found;
        } catch (NoSuchFileException e) {
            if (!everThere && !Files.isSymbolicLink(folder)) {
                return Map.of();
            }
            trouble.begins(RegularFile.reason(folder, e));
            throw e;
        } catch (IOException e) {
            trouble.begins(RegularFile.reason(folder, e));
            throw e;
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(wanted).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Optional<FileFingerprint> signatureOf(Path file, Map<Path, FileFingerprint> known) {
        try {
            Optional<FileFingerprint> now = FileFingerprint.in(file);
            Optional.ofNullable(files.remove(file)).ifPresent(ReadFailure::ends);
            return now;
        } catch (IOException e) {
            FileFingerprint before = known.get(file);
            if (before == null || before.equals(FileFingerprint.UNREADABLE)) {
                // Report it, so that it is refused with the reason.
                return Optional.of(FileFingerprint.UNREADABLE);
            }
            files.computeIfAbsent(file, path -> new ReadFailure("the plugin file '" + path.getFileName() + "'", path))
                    .begins(RegularFile.reason(file, e));
            return Optional.of(before);
        }
    }

    /** When a mount goes away, the empty folder below the mount point appears. */
    private void requireSameDevice(boolean holdsFiles) throws IOException {
        Optional<String> now = deviceOf(folder);
        if (holdsFiles) {
            device = now;
        } else if (device.isPresent() && !device.equals(now)) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "it is empty, and on another file system than before: is a mount missing?");
        }
    }

    private static Optional<String> deviceOf(Path folder) throws IOException {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(folder, "unix:dev")));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Windows does not have it.
            return Optional.empty();
        }
    }

    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        trouble.text().ifPresent(obstacles::add);
        files.values().forEach(file -> file.text().ifPresent(obstacles::add));
        return obstacles;
    }
}
