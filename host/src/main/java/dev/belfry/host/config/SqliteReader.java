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
    private record Place(boolean inMemory, Optional<Path> directory, Optional<Path> file, Optional<String> name) {
        static final Place NONE = new Place(false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A location for all plugins must be a folder; each plugin has a file in it. */
    Connection shared(Section section) {
        Place place = place(section);
        if (place.inMemory()) {
            return new SqliteInMemory();
        }
        boolean isText = section.peek("connection") instanceof Value.Scalar;
        if (place.file().isPresent() && !isText) {
            section.problem(
                    "connection",
                    "names one file for all plugins; name a directory, or a file for each below backend.database.plugin.<id>");
        }
        return new SqliteFolder(place.directory().or(place::file).orElse(dataDirectory));
    }

    /** @param base used when the plugin's own section has no location */
    Connection ofPlugin(Section own, Optional<Section> base) {
        Place place = place(own);
        Place shared = base.map(this::place).orElse(Place.NONE);
        boolean says = place.inMemory()
                || place.directory().isPresent()
                || place.file().isPresent();
        if (place.inMemory() || (!says && shared.inMemory())) {
            return new SqliteInMemory();
        }
        Optional<Path> directory = place.directory().or(shared::directory);
        if (place.file().isPresent()) {
            return new SqliteFile(place.name()
                    .flatMap(
                            name -> directory.map(folder -> folder.resolve(name).normalize()))
                    .orElse(place.file().get()));
        }
        return new SqliteFolder(directory.or(shared::file).orElse(dataDirectory));
    }

    private Place place(Section section) {
        if (section.peek("connection") instanceof Value.Tree) {
            try (Section connection = section.section("connection")) {
                Optional<Path> directory = connection.file("directory");
                Optional<String> name = connection.text("filename");
                connection.ignore("flags");
                return name.filter(IN_MEMORY::equals).isPresent()
                        ? new Place(true, directory, Optional.empty(), Optional.empty())
                        : new Place(false, directory, connection.file("filename"), name);
            }
        }
        Optional<String> text = section.text("connection");
        if (text.filter(address -> address.matches("[a-z]+://.*")).isPresent()) {
            // The URL may contain a password, so it is not repeated.
            section.problem(
                    "connection", "is the URL of a server, which SQLite does not have; for PostgreSQL, set client to pg");
            return Place.NONE;
        }
        return text.filter(IN_MEMORY::equals).isPresent()
                ? new Place(true, Optional.empty(), Optional.empty(), Optional.empty())
                : new Place(false, Optional.empty(), section.file("connection"), Optional.empty());
    }
}
