package dev.belfry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

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

    /**
     * As {@link #resolve}, for a file to read.
     *
     * @param name of the option or parameter
     * @throws ParameterException when it is a folder, which can be opened and not read
     */
    static Path resolveFile(Path given, String name, CommandSpec command) {
        Path file = resolve(given);
        if (Files.isDirectory(file)) {
            throw new ParameterException(command.commandLine(), name + ": " + file + " is a folder, not a file");
        }
        return file;
    }
}
