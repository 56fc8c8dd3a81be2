package dev.belfry.host.catalog;

import dev.belfry.host.files.GlobPattern;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The watches of all files and patterns that the catalog consists of at the moment. */
final class CatalogWatches {

    private final FileWatch watch;
    private final Function<Path, Object> matches;
    private final Change change;
    private final Map<CatalogPlace, FileWatch.Watch> watches = new HashMap<>();

    /** Applies a change of one place. */
    @FunctionalInterface
    interface Change {

        /** @throws IOException when the place cannot be read now */
        void take(CatalogPlace place) throws IOException;
    }

    /** @param matches the files that match a pattern */
    CatalogWatches(FileWatch watch, Function<Path, Object> matches, Change change) {
        this.watch = watch;
        this.matches = matches;
        this.change = change;
    }

    void begin(CatalogPlace place) {
        if (place instanceof OnDisk(Path path) && !watches.containsKey(place)) {
            boolean isPattern = GlobPattern.isPattern(path.toString()) && !Files.exists(path);
            watches.put(
                    place,
                    isPattern
                            ? watch.watch(
                                    "the pattern '" + path.getFileName() + "'",
                                    path,
                                    () -> matches.apply(path),
                                    () -> change.take(place))
                            : watch.watch(path, () -> change.take(place)));
        }
    }

    void retain(Set<CatalogPlace> places) {
        watches.entrySet().removeIf(entry -> {
            boolean isGone = !places.contains(entry.getKey());
            if (isGone) {
                entry.getValue().close();
            }
            return isGone;
        });
    }

    void failed(CatalogPlace place, IOException reason) {
        FileWatch.Watch failed = watches.get(place);
        if (failed != null) {
            failed.failed(reason);
        }
    }
}
