package dev.belfry.host.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source a file's name, or a variable of the environment
 * @param line first line = 1; 0 = there are no lines
 * @param base what relative paths of the value are relative to
 */
record Origin(String source, int line, Path base) {

    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
