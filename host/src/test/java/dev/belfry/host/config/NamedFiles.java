package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.List;

/** Files as line 7 of a configuration names them. */
public final class NamedFiles {

    private NamedFiles() {}

    public static NamedFile at(Path file) {
        return new NamedFile(
                file, file.toString(), new SourceLocation("app.yaml", 7, file.resolveSibling("")), List.of(file));
    }
}
