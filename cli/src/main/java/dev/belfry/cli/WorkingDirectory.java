package dev.belfry.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The caller's working directory. The launcher runs Java in Belfry's own folder and passes the caller's. */
final class WorkingDirectory {

    private WorkingDirectory() {}

    static Path path() {
        return Path.of(Optional.ofNullable(System.getenv("BELFRY_CALLER")).orElse(""))
                .toAbsolutePath();
    }

    /** Resolves a path against the caller's directory. */
    static Path resolve(Path given) {
        return path().resolve(given).normalize();
    }
}
