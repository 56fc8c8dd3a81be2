package dev.belfry.host.settings;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.Secret;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.logging.Redaction;
import dev.belfry.host.tls.ClientTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code backend.database}, and the overrides {@code backend.database.plugin.<id>}.
 *
 * @param shared for plugins without an override
 * @param plugins by plugin id, merged over {@code shared}
 * @param faults by plugin id: of overrides that are wrong, which costs the plugin
 */
public record DatabaseSettings(
        PluginDatabase shared, Map<String, PluginDatabase> plugins, Map<String, List<String>> faults) {

    public DatabaseSettings(PluginDatabase shared, Map<String, PluginDatabase> plugins) {
        this(shared, plugins, Map.of());
    }

    /** @throws ConfigurationException when the override of this plugin is wrong */
    public PluginDatabase of(String pluginId) {
        List<String> wrong = faultsOf(pluginId);
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(wrong);
        }
        return plugins.getOrDefault(pluginId, shared);
    }

    /** The faults of the override of this plugin. */
    public List<String> faultsOf(String pluginId) {
        return faults.getOrDefault(pluginId, List.of());
    }

    /** Connection and pool settings of one plugin's database. */
    public record PluginDatabase(Connection connection, Pool pool) {

        public Dialect dialect() {
            return connection instanceof Postgres ? Dialect.POSTGRESQL : Dialect.SQLITE;
        }
    }

    /** The location of the database. */
    public sealed interface Connection {}

    /** SQLite in memory: {@code connection: ':memory:'}. Lost when the process ends. */
    public record SqliteInMemory() implements Connection {}

    /** A folder with one SQLite file per plugin: {@code <folder>/<id>.sqlite}. */
    public record SqliteFolder(Path folder) implements Connection {}

    /** A SQLite file for a single plugin. */
    public record SqliteFile(Path file) implements Connection {}

    /**
     * PostgreSQL.
     *
     * @param jdbcUrl of the server and an existing database, such as {@code jdbc:postgresql://127.0.0.1:5432/postgres};
     *         contains neither user nor password
     * @param prefix of database or schema names; the default is {@code backstage_plugin_}
     * @param division a database or a schema per plugin
     * @param ensureExists create missing databases or schemas
     * @param database full name of the plugin's database, if configured; prefix and id are then ignored
     * @param tls own certificates and names, in addition to the parameters of the URL
     */
    public record Postgres(
            String jdbcUrl,
            String user,
            Optional<Secret> password,
            String prefix,
            Division division,
            boolean ensureExists,
            Optional<String> database,
            Optional<ClientTls> tls)
            implements Connection {

        /** Without certificates of its own. */
        public Postgres(
                String jdbcUrl,
                String user,
                Optional<Secret> password,
                String prefix,
                Division division,
                boolean ensureExists,
                Optional<String> database) {
            this(jdbcUrl, user, password, prefix, division, ensureExists, database, Optional.empty());
        }

        @Override
        public String toString() {
            return Redaction.of(jdbcUrl).replaceFirst("^jdbc:", "") + " as " + user;
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
