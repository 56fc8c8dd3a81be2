package dev.belfry.host.config;

import dev.belfry.api.database.Dialect;
import dev.belfry.host.logging.Redaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code backend.database}, and what {@code backend.database.plugin.<id>} says otherwise for single plugins.
 *
 * @param shared for every plugin without a word of its own
 * @param plugins by plugin id, already merged over {@code shared}
 */
public record DatabaseSettings(PluginDatabase shared, Map<String, PluginDatabase> plugins) {

    public PluginDatabase of(String pluginId) {
        return plugins.getOrDefault(pluginId, shared);
    }

    /** How to reach one plugin's database. */
    public record PluginDatabase(Connection connection, Pool pool) {

        public Dialect dialect() {
            return connection instanceof Postgres ? Dialect.POSTGRESQL : Dialect.SQLITE;
        }
    }

    /** Where the database is. */
    public sealed interface Connection {}

    /** SQLite in memory: {@code connection: ':memory:'}. Gone with the process. */
    public record SqliteInMemory() implements Connection {}

    /** A folder that gets one SQLite file a plugin: {@code <folder>/<id>.sqlite}. */
    public record SqliteFolder(Path folder) implements Connection {}

    /** One SQLite file, named for a single plugin. */
    public record SqliteFile(Path file) implements Connection {}

    /**
     * PostgreSQL.
     *
     * @param jdbcUrl to the server and to the database that is there already, such as
     *     {@code jdbc:postgresql://127.0.0.1:5432/postgres}; holds no user and no password
     * @param prefix of the names of databases or schemas, {@code backstage_plugin_} unless said otherwise
     * @param division a database or a schema a plugin
     * @param ensureExists create what is missing
     * @param database the database's whole name, when one is named for this plugin; then prefix and id do not matter
     */
    public record Postgres(
            String jdbcUrl,
            String user,
            Optional<String> password,
            String prefix,
            Division division,
            boolean ensureExists,
            Optional<String> database)
            implements Connection {

        @Override
        public String toString() {
            return Redaction.of(jdbcUrl) + " as " + user;
        }
    }

    /** {@code backend.database.pluginDivisionMode}. */
    public enum Division {
        DATABASE,
        SCHEMA
    }

    /** {@code knexConfig.pool}. */
    public record Pool(int min, int max, Duration acquireTimeout, Duration idleTimeout) {}
}
