package dev.belfry.host.config;

import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.Division;
import dev.belfry.host.config.DatabaseSettings.PluginDatabase;
import dev.belfry.host.config.DatabaseSettings.Pool;
import dev.belfry.host.config.DatabaseSettings.SqliteFile;
import dev.belfry.host.config.DatabaseSettings.SqliteFolder;
import dev.belfry.host.config.DatabaseSettings.SqliteInMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code backend.database}, and what {@code plugin.<id>} says otherwise. */
final class DatabaseReader {

    private static final Set<String> SQLITE = Set.of("better-sqlite3", "sqlite3");
    private static final String POSTGRES = "pg";
    private static final String IN_MEMORY = ":memory:";
    private static final int DEFAULT_MAX = 10;
    private static final int MAX_CONNECTIONS = 1000;

    private final Path dataDirectory;
    private final Path workingDirectory;

    private DatabaseReader(Path dataDirectory, Path workingDirectory) {
        this.dataDirectory = dataDirectory;
        this.workingDirectory = workingDirectory;
    }

    static DatabaseSettings read(Section backend, Path dataDirectory, Path workingDirectory) {
        DatabaseReader reader = new DatabaseReader(dataDirectory, workingDirectory);
        try (Section database = backend.section("database")) {
            Common common = reader.common(database);
            PluginDatabase shared = reader.pluginDatabase(database, Optional.empty(), common);
            Map<String, PluginDatabase> plugins = new LinkedHashMap<>();
            database.named("plugin").forEach((id, section) -> {
                try (section) {
                    plugins.put(id, reader.pluginDatabase(section, Optional.of(database), common));
                }
            });
            return new DatabaseSettings(shared, plugins);
        }
    }

    /** What the whole section says once. */
    private record Common(String prefix, Division division, boolean ensureExists) {}

    private Common common(Section database) {
        return new Common(
                database.text("prefix").orElse("backstage_plugin_"),
                database.choice("pluginDivisionMode", Division.class).orElse(Division.DATABASE),
                database.flag("ensureExists").orElse(true));
    }

    /** @param shared where a plugin's own section says nothing */
    private PluginDatabase pluginDatabase(Section section, Optional<Section> shared, Common common) {
        boolean ensureExists = section.flag("ensureExists").orElse(common.ensureExists());
        section.ignore("role", "ensureSchemaExists", "pluginDivisionMode");
        String client =
                client(section).or(() -> shared.flatMap(DatabaseReader::client)).orElse("better-sqlite3");
        Section holder = section.peek("connection") == null && shared.isPresent() ? shared.get() : section;
        Pool pool = pool(section, shared);
        if (client.equals(POSTGRES)) {
            Common own = new Common(common.prefix(), common.division(), ensureExists);
            return new PluginDatabase(
                    PostgresReader.read(
                            holder,
                            shared.isPresent() && holder.equals(section),
                            own.prefix(),
                            own.division(),
                            own.ensureExists()),
                    pool);
        }
        return new PluginDatabase(sqlite(holder, shared.isPresent()), pool);
    }

    private static Optional<String> client(Section section) {
        return section.text("client").filter(client -> {
            boolean known = client.equals(POSTGRES) || SQLITE.contains(client);
            if (!known) {
                section.fault("client", "must be pg, better-sqlite3 or sqlite3, not '" + client + "'");
            }
            return known;
        });
    }

    private Connection sqlite(Section section, boolean ofOnePlugin) {
        Value value = section.peek("connection");
        if (value == null) {
            section.value("connection");
            return new SqliteFolder(dataDirectory);
        }
        if (value instanceof Value.Tree) {
            try (Section connection = section.section("connection")) {
                Optional<Path> folder = connection.file("directory");
                Optional<String> name = connection.text("filename");
                connection.ignore("flags");
                if (name.filter(IN_MEMORY::equals).isPresent()) {
                    return new SqliteInMemory();
                }
                return folder.<Connection>map(SqliteFolder::new)
                        .or(() -> connection.file("filename").map(SqliteFile::new))
                        .orElse(new SqliteFolder(dataDirectory));
            }
        }
        return section.text("connection")
                .<Connection>map(
                        text -> text.equals(IN_MEMORY) ? new SqliteInMemory() : path(section, text, ofOnePlugin))
                .orElse(new SqliteInMemory());
    }

    /** A path of one plugin is its file, the path of all is the folder of their files. */
    private Connection path(Section section, String text, boolean ofOnePlugin) {
        Path path = section.file("connection").orElse(workingDirectory.resolve(text));
        return ofOnePlugin ? new SqliteFile(path) : new SqliteFolder(path);
    }

    private static Pool pool(Section section, Optional<Section> shared) {
        Pool outer = shared.map(database -> pool(database, Optional.empty()))
                .orElse(new Pool(0, DEFAULT_MAX, Duration.ofSeconds(5), Duration.ofMinutes(10)));
        try (Section knex = section.section("knexConfig")) {
            knex.ignore("searchPath", "debug", "asyncStackTraces", "useNullAsDefault", "acquireConnectionTimeout");
            try (Section pool = knex.section("pool")) {
                int max = pool.number("max", 1, MAX_CONNECTIONS)
                        .map(Long::intValue)
                        .orElse(outer.max());
                int min = pool.number("min", 0, MAX_CONNECTIONS)
                        .map(Long::intValue)
                        .orElse(Math.min(outer.min(), max));
                if (min > max) {
                    pool.fault("min", "must not be greater than max (" + max + "), and is " + min);
                }
                pool.ignore(
                        "createTimeoutMillis",
                        "destroyTimeoutMillis",
                        "reapIntervalMillis",
                        "createRetryIntervalMillis",
                        "propagateCreateError");
                return new Pool(
                        min,
                        max,
                        pool.millis("acquireTimeoutMillis").orElse(outer.acquireTimeout()),
                        pool.millis("idleTimeoutMillis").orElse(outer.idleTimeout()));
            }
        }
    }
}
