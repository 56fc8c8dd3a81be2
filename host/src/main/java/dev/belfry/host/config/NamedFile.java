package dev.belfry.host.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a value names, for callers that report a missing file themselves.
 *
 * @param path the first place where there is something; if there is none, the first place
 * @param text as it is written
 * @param place where it is written
 * @param soughtAt all places, in order
 */
public record NamedFile(Path path, String text, SourceLocation place, List<Path> soughtAt) {

    /** The rule for paths that {@link #isBelowHome}: only a shell knows the character, so the path would be a folder of this name. */
    public static final String NO_HOME = "'~' does not stand for the home folder here; write ${HOME} in its place";

    public static boolean isBelowHome(String text) {
        return text.startsWith("~/");
    }

    @FromText("a path")
    public static NamedFile parse(String text, SourceLocation place) {
        PathSearch.Found found = place.search(text);
        return new NamedFile(found.path(), text, place, found.soughtAt());
    }

    /** @return this file; if its path is relative and leads nowhere, the other one in the host's own folder if it is there */
    public NamedFile orOfHost(String other) {
        return exists() || Path.of(text).isAbsolute()
                ? this
                : place.search()
                        .inFolderOfHost(other)
                        .filter(Files::exists)
                        .map(found -> new NamedFile(found, text, place, soughtAt))
                        .orElse(this);
    }

    /** Whether it is another file in place of the one that is written. */
    public boolean isOther() {
        return !soughtAt.contains(path);
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /** Why there is no file, with all places. */
    public String absence() {
        return PathSearch.absence(text, soughtAt);
    }
}
