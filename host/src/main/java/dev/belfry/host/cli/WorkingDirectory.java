package dev.belfry.host.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where the command was called. The launcher runs Java in Belfry's own folder and hands the caller's over. */
final class WorkingDirectory {

    private WorkingDirectory() {}

    static Path path() {
        return Path.of(Optional.ofNullable(System.getenv("BELFRY_CALLER")).orElse(""))
                .toAbsolutePath();
    }

    /** A path as the caller means it. */
    static Path resolve(Path given) {
        return path().resolve(given).normalize();
    }
}
