package dev.belfry.host.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /** @return the first file or folder that exists; otherwise the path below the folder of the configuration file, with a warning */
    Path find(String path, SourceLocation place) {
        NamedFile named = search(path, place);
        if (!Path.of(path).isAbsolute() && !named.exists()) {
            notices.warn(place + ": " + named.absence());
        }
        return named.path();
    }

    /** @return the first file or folder that exists; otherwise the path below the folder of the configuration file */
    NamedFile search(String path, SourceLocation place) {
        Path first = place.resolve(path);
        Set<Path> candidates = new LinkedHashSet<>();
        candidates.add(first);
        folders.forEach(folder -> candidates.add(folder.resolve(path).normalize()));
        candidates.add(place.base().resolve(BACKEND).resolve(path).normalize());
        Path found = candidates.stream().filter(Files::exists).findFirst().orElse(first);
        if (!found.equals(first)) {
            notices.inform(place + ": '" + path + "' is " + found);
        }
        return new NamedFile(found, path, place, List.copyOf(candidates));
    }
}
