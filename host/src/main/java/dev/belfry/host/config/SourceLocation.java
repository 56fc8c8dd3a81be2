package dev.belfry.host.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source file name, or environment variable
 * @param line from 1; 0 = no lines
 * @param base the folder that relative paths of the value refer to
 * @param hidden whether the value came from a variable or a separate file; messages then do not repeat it
 */
public record SourceLocation(String source, int line, Path base, boolean hidden) {

    public SourceLocation(String source, int line, Path base) {
        this(source, line, base, false);
    }

    SourceLocation asHidden() {
        return new SourceLocation(source, line, base, true);
    }

    /** A path in the value, relative to the file that contains the value. */
    public Path resolve(String path) {
        return base.resolve(path).normalize();
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
