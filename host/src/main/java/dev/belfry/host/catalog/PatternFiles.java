package dev.belfry.host.catalog;

import dev.belfry.host.files.GlobPattern;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One search for the files that match a pattern. Hidden files, and links to folders below {@code **}, are left out. */
final class PatternFiles {

    /** A pattern can begin at the root of the file system. */
    private static final int MAX_ENTRIES = 100_000;

    private final Set<Path> known;
    private final Set<Path> found = new TreeSet<>();
    private Optional<IOException> failure = Optional.empty();
    private int entries;

    /**
     * @param files sorted
     * @param failure why a folder that had matching files cannot be read now; its files are still in the list
     */
    record Matches(List<Path> files, Optional<IOException> failure) {
        static final Matches NONE = new Matches(List.of(), Optional.empty());
    }

    private PatternFiles(List<Path> known) {
        this.known = new TreeSet<>(known);
    }

    /** @param known the files of the last search */
    static Matches find(Path pattern, List<Path> known) {
        PatternFiles search = new PatternFiles(known);
        GlobPattern glob = new GlobPattern(pattern.toString());
        Path folder = Path.of(glob.folder());
        if (!Files.isDirectory(folder)) {
            search.unreadable(folder, new NoSuchFileException(folder.toString(), null, "the folder does not exist"));
        } else {
            for (String alternative : glob.alternatives()) {
                List<String> segments = new ArrayList<>(
                        Arrays.asList(alternative.replaceFirst("^/+", "").split("/+")));
                if (segments.getLast().equals(GlobPattern.ANY_FOLDERS)) {
                    segments.add("*");
                }
                search.expand(Path.of("/"), segments);
            }
        }
        return new Matches(List.copyOf(search.found), search.failure);
    }

    /** A folder that cannot be read now does not count as empty. */
    private void unreadable(Path folder, IOException reason) {
        List<Path> kept = known.stream().filter(file -> file.startsWith(folder)).toList();
        if (!kept.isEmpty()) {
            found.addAll(kept);
            failure = Optional.of(reason);
        }
    }

    private void expand(Path path, List<String> segments) {
        if (segments.isEmpty()) {
            if (Files.isRegularFile(path)) {
                found.add(path);
            }
            return;
        }
        String segment = segments.getFirst();
        List<String> rest = segments.subList(1, segments.size());
        if (segment.equals(GlobPattern.ANY_FOLDERS)) {
            expand(path, rest);
            children(path, GlobPattern.name("*")).stream()
                    .filter(child -> Files.isDirectory(child) && !Files.isSymbolicLink(child))
                    .forEach(child -> expand(child, segments));
        } else if (GlobPattern.isPattern(segment)) {
            children(path, GlobPattern.name(segment)).forEach(child -> expand(child, rest));
        } else {
            expand(path.resolve(segment), rest);
        }
    }

    private List<Path> children(Path folder, Pattern names) {
        List<Path> children = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return children;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path child : all) {
                if (++entries > MAX_ENTRIES) {
                    unreadable(
                            folder,
                            new FileSystemException(
                                    folder.toString(), null, "the pattern covers more than " + MAX_ENTRIES + " files"));
                    break;
                }
                if (names.matcher(String.valueOf(child.getFileName())).matches()) {
                    children.add(child);
                }
            }
        } catch (IOException e) {
            unreadable(folder, e);
        } catch (DirectoryIteratorException e) {
            unreadable(folder, new IOException(e.getMessage(), e));
        }
        return children;
    }
}
