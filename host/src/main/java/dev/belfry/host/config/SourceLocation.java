package dev.belfry.host.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a value was written.
 *
 * @param source file name, or environment variable
 * @param line from 1; 0 = no lines
 * @param base the folder that relative paths of the value refer to
 * @param hidden whether the value came from a variable or a separate file; messages of other code then do not repeat it
 * @param variables the environment variables that the value came from
 * @param search finds files that exist
 */
public record SourceLocation(
        String source, int line, Path base, boolean hidden, List<String> variables, PathSearch search) {

    /** Without other folders than {@code base}. */
    public SourceLocation(String source, int line, Path base) {
        this(source, line, base, new PathSearch(List.of(), new Notices()));
    }

    SourceLocation(String source, int line, Path base, PathSearch search) {
        this(source, line, base, false, List.of(), search);
    }

    SourceLocation atLine(int other) {
        return new SourceLocation(source, other, base, hidden, variables, search);
    }

    /** @param other what is shown in place of a file */
    SourceLocation as(String other) {
        return new SourceLocation(other, 0, base, hidden, variables, search);
    }

    SourceLocation asHidden() {
        return new SourceLocation(source, line, base, true, List.of(), search);
    }

    /** Of a value that these environment variables have. */
    SourceLocation of(List<String> names) {
        return new SourceLocation(source, line, base, true, names, search);
    }

    /** A path in the value, relative to the file that contains the value: for what is written. */
    public Path resolve(String path) {
        return base.resolve(path).normalize();
    }

    /** A file or folder in the value that is read: also sought in the folders where Backstage would look. */
    public Path find(String path) {
        return search.find(path, base, toString());
    }

    /**
     * As {@link #find}, for callers that report a missing file themselves.
     *
     * @return the file or folder if it exists, otherwise all places where it was sought
     */
    public List<Path> seek(String path) {
        PathSearch.Found found = search(path);
        return Files.exists(found.path()) ? List.of(found.path()) : found.soughtAt();
    }

    /** As {@link #find}, for callers that report a missing file themselves. */
    PathSearch.Found search(String path) {
        return search.search(path, base, toString());
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
