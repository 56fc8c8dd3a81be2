package dev.belfry.host.settings;

import dev.belfry.host.config.NamedFile;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.SqliteFile;
import dev.belfry.host.settings.DatabaseSettings.SqliteFolder;
import dev.belfry.host.settings.DatabaseSettings.SqliteInMemory;
import dev.belfry.host.spelling.ClosestName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where SQLite keeps its data, as it is written.
 *
 * @param file the path that a string or {@code filename} names
 * @param name {@code filename} as it is written
 */
record SqliteLocation(boolean inMemory, Optional<Path> directory, Optional<Path> file, Optional<String> name) {

    private static final String IN_MEMORY = ":memory:";

    /** The rule that a path violates: it would be created under this name. */
    static Optional<String> broken(String path) {
        if (path.isBlank()) {
            return Optional.of("is empty: write a path, or remove the key");
        }
        boolean isMisspelled = path.toLowerCase(Locale.ROOT).contains(IN_MEMORY)
                || (path.contains(":")
                        && ClosestName.of(path, List.of(IN_MEMORY)).isPresent());
        if (!path.equals(IN_MEMORY) && (isMisspelled || path.startsWith(":"))) {
            return Optional.of("must be a path, or '" + IN_MEMORY + "'"
                    + (isMisspelled ? "; did you mean '" + IN_MEMORY + "'?" : ""));
        }
        return NamedFile.isBelowHome(path) ? Optional.of(NamedFile.NO_HOME) : Optional.empty();
    }

    static SqliteLocation of(Optional<ConnectionKeys> connection) {
        return switch (connection.orElse(null)) {
            case null -> new SqliteLocation(false, Optional.empty(), Optional.empty(), Optional.empty());
            case ConnectionKeys.Text text ->
                text.text().equals(IN_MEMORY)
                        ? new SqliteLocation(true, Optional.empty(), Optional.empty(), Optional.empty())
                        : new SqliteLocation(
                                false,
                                Optional.empty(),
                                Optional.of(text.location().resolve(text.text())),
                                Optional.empty());
            case ConnectionKeys.Parts parts -> of(parts);
        };
    }

    private static SqliteLocation of(ConnectionKeys.Parts parts) {
        Optional<String> name = parts.filename().map(ConnectionKeys.FileName::text);
        return name.filter(IN_MEMORY::equals).isPresent()
                ? new SqliteLocation(true, parts.directory(), Optional.empty(), Optional.empty())
                : new SqliteLocation(
                        false,
                        parts.directory(),
                        parts.filename().map(file -> file.location().resolve(file.text())),
                        name);
    }

    /** A location for all plugins is a folder; each plugin has a file in it. */
    Connection shared(Path dataDirectory) {
        return inMemory
                ? new SqliteInMemory()
                : new SqliteFolder(directory.or(() -> file).orElse(dataDirectory));
    }

    /** @param base used as far as this location says nothing */
    Connection ofPlugin(SqliteLocation base, Path dataDirectory) {
        boolean says = inMemory || directory.isPresent() || file.isPresent();
        if (inMemory || (!says && base.inMemory())) {
            return new SqliteInMemory();
        }
        Optional<Path> folder = directory.or(base::directory);
        if (file.isPresent()) {
            return new SqliteFile(
                    name.flatMap(text -> folder.map(path -> path.resolve(text).normalize()))
                            .orElse(file.get()));
        }
        return new SqliteFolder(folder.or(base::file).orElse(dataDirectory));
    }
}
