package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The plugin that runs in place of others with its id.
 *
 * @param file its JAR; empty for a plugin on the class path
 */
public record TakenId(Descriptor by, Optional<Path> file) {

    String reason() {
        return "the id '" + by.id() + "' is taken by the "
                + file.map(jar -> "file " + jar.getFileName()).orElse("static plugin") + " of version "
                + by.version();
    }

    /** A sentence about a plugin that does not run because of that. */
    public String warning(Descriptor other, Optional<Path> itsFile) {
        return label(other, itsFile) + " does not run: " + reason();
    }

    /** Such as {@code plugin bell 1.0.0 (bell.jar)}. */
    static String label(Descriptor plugin, Optional<Path> file) {
        return "plugin " + plugin.id() + " " + plugin.version()
                + file.map(jar -> " (" + jar.getFileName() + ")").orElse("");
    }
}
