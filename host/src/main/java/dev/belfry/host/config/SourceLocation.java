package dev.belfry.host.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source a file's name, or a variable of the environment
 * @param line first line = 1; 0 = there are no lines
 * @param base what relative paths of the value are relative to
 * @param hidden the value was not written there for all to read, but taken from a variable or a file of its own: no message
 *     repeats it
 */
record SourceLocation(String source, int line, Path base, boolean hidden) {

    SourceLocation(String source, int line, Path base) {
        this(source, line, base, false);
    }

    SourceLocation asHidden() {
        return new SourceLocation(source, line, base, true);
    }

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
