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

/** What is in a folder, where that can be said. */
final class WatchedFolder {

    private final Path folder;
    private final Predicate<Path> wanted;
    private final ReadFailure trouble;
    private final Map<Path, ReadFailure> files = new ConcurrentHashMap<>();

    /** The file system that held the files when there last were any; empty as long as there has been no such folder. */
    private Optional<String> device = Optional.empty();

    private boolean everThere;

    WatchedFolder(Path folder, Predicate<Path> wanted) {
        this.folder = folder;
        this.wanted = wanted;
        this.trouble = new ReadFailure("the plugin folder '" + folder.getFileName() + "'", folder);
    }

    /**
     * @param known files that were there; one of them that cannot be looked at now is there still
     * @throws IOException when the folder cannot be read; that has been logged
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
                // It is told as it is, and refused with the reason.
                return Optional.of(FileFingerprint.UNREADABLE);
            }
            files.computeIfAbsent(file, path -> new ReadFailure("the plugin file '" + path.getFileName() + "'", path))
                    .begins(RegularFile.reason(file, e));
            return Optional.of(before);
        }
    }

    /** Where a file system is taken away, the folder that it was mounted over comes to light: an empty one. */
    private void requireSameDevice(boolean holdsFiles) throws IOException {
        Optional<String> now = deviceOf(folder);
        if (holdsFiles) {
            device = now;
        } else if (device.isPresent() && !device.equals(now)) {
            throw new FileSystemException(
                    folder.toString(), null, "it is empty, and on another file system than before: is a mount gone?");
        }
    }

    private static Optional<String> deviceOf(Path folder) throws IOException {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(folder, "unix:dev")));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // Windows has none.
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
