package dev.belfry.host.catalog;

import dev.belfry.host.catalog.PatternFiles.Matches;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.settings.CatalogPlace.OnDisk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The files that match each pattern of the catalog. */
final class Patterns {

    /** The share of the time that the watch may spend on searching the folders of one pattern. */
    private static final int REST = 20;

    private final Map<Path, Found> found = new HashMap<>();

    private record Found(Matches matches, long next) {}

    synchronized Matches find(Path pattern) {
        long began = System.nanoTime();
        Found before = found.get(pattern);
        Matches now = PatternFiles.find(
                pattern,
                before == null ? Matches.NONE.files() : before.matches().files());
        long ended = System.nanoTime();
        found.put(pattern, new Found(now, ended + (ended - began) * REST));
        return now;
    }

    /** The value that the watch of the pattern compares; a search of many folders is not repeated at each poll. */
    synchronized Object state(Path pattern) {
        Found before = found.get(pattern);
        Matches now = before == null || System.nanoTime() - before.next() >= 0 ? find(pattern) : before.matches();
        return now.files();
    }

    synchronized void retain(Set<CatalogPlace> places) {
        found.keySet().removeIf(pattern -> !places.contains(new OnDisk(pattern)));
    }
}
