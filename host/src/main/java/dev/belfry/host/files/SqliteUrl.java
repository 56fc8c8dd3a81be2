package dev.belfry.host.files;

import java.nio.file.Path;

/** URLs of files for SQLite's driver. */
public final class SqliteUrl {

    private SqliteUrl() {}

    /** As a URI (https://www.sqlite.org/uri.html): the driver reads parameters after a question mark, which can be part of a path. */
    public static String of(Path file) {
        return "jdbc:sqlite:file:" + file.toUri().getRawPath();
    }
}
