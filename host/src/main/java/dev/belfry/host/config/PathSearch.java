package dev.belfry.host.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the files that a configuration names. Backstage resolves some paths against the configuration file and others
 * against the folder in which its backend is started, which is {@code packages/backend} of an application.
 */
final class PathSearch {

    private static final Path BACKEND = Path.of("packages", "backend");

    private final List<Path> folders;
    private final Notices notices;

    /** @param folders searched after the folder of the configuration file: where the host was started, its own folder */
    PathSearch(List<Path> folders, Notices notices) {
        this.folders = folders;
        this.notices = notices;
    }

    /**
     * The result of a search.
     *
     * @param path the first file or folder that exists; otherwise the path below {@code base}
     * @param soughtAt all places, in order
     */
    record Found(Path path, List<Path> soughtAt) {}

    /** As {@link #search}, with a warning if nothing exists. */
    Path find(String path, Path base, String place) {
        Found found = search(path, base, place);
        if (!Path.of(path).isAbsolute() && !Files.exists(found.path())) {
            notices.warn(place + ": " + absence(path, found.soughtAt()));
        }
        return found.path();
    }

    /**
     * @param base the folder of the configuration file
     * @param place where the path is written, for messages
     */
    Found search(String path, Path base, String place) {
        Path first = base.resolve(path).normalize();
        Set<Path> candidates = new LinkedHashSet<>();
        candidates.add(first);
        folders.forEach(folder -> candidates.add(folder.resolve(path).normalize()));
        candidates.add(base.resolve(BACKEND).resolve(path).normalize());
        Path found = candidates.stream().filter(Files::exists).findFirst().orElse(first);
        if (!found.equals(first)) {
            notices.inform(place + ": '" + path + "' is " + found);
        }
        return new Found(found, List.copyOf(candidates));
    }

    /** The path in the host's own folder. */
    Optional<Path> inFolderOfHost(String path) {
        return folders.stream().reduce((_, last) -> last).map(folder -> folder.resolve(path));
    }

    /** Why there is no file, with all places. */
    static String absence(String path, List<Path> soughtAt) {
        String all = soughtAt.stream().map(Path::toString).collect(Collectors.joining(", "));
        return "'" + path + "' does not exist" + (all.equals(path) ? "" : "; looked for " + all);
    }
}
