package dev.belfry.host.config;

import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.SqliteFile;
import dev.belfry.host.config.DatabaseSettings.SqliteFolder;
import dev.belfry.host.config.DatabaseSettings.SqliteInMemory;
import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code connection} of a SQLite database: {@code :memory:}, a path, or an object. */
final class SqliteReader {

    private static final String IN_MEMORY = ":memory:";

    private final Path dataDirectory;

    SqliteReader(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /**
     * The location as written.
     *
     * @param file the path, when a string or {@code filename} names one
     */
    private record Location(boolean inMemory, Optional<Path> directory, Optional<Path> file, Optional<String> name) {
        static final Location NONE = new Location(false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A location for all plugins must be a folder; each plugin has a file in it. */
    Connection shared(Section section) {
        Location location = location(section);
        if (location.inMemory()) {
            return new SqliteInMemory();
        }
        boolean isText = section.peek("connection") instanceof Value.Scalar;
        if (location.file().isPresent() && !isText) {
            section.problem(
                    "connection",
                    "names one file for all plugins; name a directory, or a file for each below backend.database.plugin.<id>");
        }
        return new SqliteFolder(location.directory().or(location::file).orElse(dataDirectory));
    }

    /** @param base used when the plugin's own section has no location */
    Connection ofPlugin(Section own, Optional<Section> base) {
        Location location = location(own);
        Location shared = base.map(this::location).orElse(Location.NONE);
        boolean says = location.inMemory()
                || location.directory().isPresent()
                || location.file().isPresent();
        if (location.inMemory() || (!says && shared.inMemory())) {
            return new SqliteInMemory();
        }
        Optional<Path> directory = location.directory().or(shared::directory);
        if (location.file().isPresent()) {
            return new SqliteFile(location.name()
                    .flatMap(
                            name -> directory.map(folder -> folder.resolve(name).normalize()))
                    .orElse(location.file().get()));
        }
        return new SqliteFolder(directory.or(shared::file).orElse(dataDirectory));
    }

    private Location location(Section section) {
        if (section.peek("connection") instanceof Value.Tree) {
            try (Section connection = section.section("connection")) {
                Optional<Path> directory = connection.file("directory");
                Optional<String> name = connection.text("filename");
                connection.ignore("flags");
                return name.filter(IN_MEMORY::equals).isPresent()
                        ? new Location(true, directory, Optional.empty(), Optional.empty())
                        : new Location(false, directory, connection.file("filename"), name);
            }
        }
        Optional<String> text = section.text("connection");
        if (text.filter(address -> address.matches("[a-z]+://.*")).isPresent()) {
            // The URL may contain a password, so it is not repeated.
            section.problem(
                    "connection",
                    "is the URL of a server, which SQLite does not have; for PostgreSQL, set client to pg");
            return Location.NONE;
        }
        return text.filter(IN_MEMORY::equals).isPresent()
                ? new Location(true, Optional.empty(), Optional.empty(), Optional.empty())
                : new Location(false, Optional.empty(), section.file("connection"), Optional.empty());
    }
}
