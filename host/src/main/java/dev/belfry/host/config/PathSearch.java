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

    /** @return the first file or folder that exists; otherwise the path below {@code base} */
    Path find(String path, Path base, String place) {
        Path first = base.resolve(path).normalize();
        if (Path.of(path).isAbsolute()) {
            return first;
        }
        Set<Path> candidates = new LinkedHashSet<>();
        candidates.add(first);
        folders.forEach(folder -> candidates.add(folder.resolve(path).normalize()));
        candidates.add(base.resolve(BACKEND).resolve(path).normalize());
        Optional<Path> found = candidates.stream().filter(Files::exists).findFirst();
        if (found.isEmpty()) {
            notices.warn(place + ": '" + path + "' does not exist; looked for "
                    + candidates.stream().map(Path::toString).collect(Collectors.joining(", ")));
        } else if (!found.get().equals(first)) {
            notices.inform(place + ": '" + path + "' is " + found.get());
        }
        return found.orElse(first);
    }
}
