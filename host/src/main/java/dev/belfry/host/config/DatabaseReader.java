package dev.belfry.host.config;

import dev.belfry.host.config.DatabaseSettings.Connection;
import dev.belfry.host.config.DatabaseSettings.Division;
import dev.belfry.host.config.DatabaseSettings.PluginDatabase;
import dev.belfry.host.config.DatabaseSettings.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code backend.database} and its overrides per plugin, {@code plugin.<id>}. */
final class DatabaseReader {

    private static final Set<String> SQLITE = Set.of("better-sqlite3", "sqlite3");
    private static final String POSTGRES = "pg";
    private static final int MAX_CONNECTIONS = 1000;
    /** HikariCP's minimum. */
    private static final Duration MIN_ACQUIRE = Duration.ofMillis(250);

    private static final Pool DEFAULT_POOL = new Pool(0, 10, Duration.ofSeconds(5), Duration.ofMinutes(10));

    private final Section database;
    private final SqliteReader sqlite;
    private final String prefix;
    private final Division division;

    private DatabaseReader(Section database, Path dataDirectory) {
        this.database = database;
        this.sqlite = new SqliteReader(dataDirectory);
        this.prefix = database.text("prefix").orElse("backstage_plugin_");
        this.division = database.choice("pluginDivisionMode", Division.class).orElse(Division.DATABASE);
    }

    static DatabaseSettings read(Section backend, Path dataDirectory) {
        try (Section database = backend.section("database")) {
            DatabaseReader reader = new DatabaseReader(database, dataDirectory);
            ignoreMeaningless(database);
            PluginDatabase shared = reader.shared();
            Map<String, PluginDatabase> plugins = new LinkedHashMap<>();
            database.named("plugin").forEach((id, section) -> {
                try (section) {
                    ignoreMeaningless(section);
                    section.ignore("pluginDivisionMode");
                    plugins.put(id, reader.ofPlugin(section));
                }
            });
            return new DatabaseSettings(shared, plugins);
        }
    }

    private static void ignoreMeaningless(Section section) {
        section.ignore("role", "ensureSchemaExists", "skipMigrations");
    }

    private PluginDatabase shared() {
        boolean isPostgres = isPostgres(database).orElse(false);
        Connection connection = isPostgres
                ? postgres(database, PostgresServer.read(database), Optional.empty(), ensureExists(database))
                : sqlite.shared(database);
        return new PluginDatabase(connection, pool(database, DEFAULT_POOL));
    }

    /** The plugin's own section over the shared one, as far as both are the same kind of database. */
    private PluginDatabase ofPlugin(Section own) {
        boolean sharedIsPostgres = isPostgres(database).orElse(false);
        boolean isPostgres = isPostgres(own).orElse(sharedIsPostgres);
        Optional<Section> base = isPostgres == sharedIsPostgres ? Optional.of(database) : Optional.empty();
        Pool pool = pool(own, pool(database, DEFAULT_POOL));
        if (!isPostgres) {
            return new PluginDatabase(sqlite.ofPlugin(own, base), pool);
        }
        PostgresServer named = PostgresServer.read(own);
        PostgresServer server = base.map(PostgresServer::read).map(named::over).orElse(named);
        boolean ensureExists = own.flag("ensureExists").orElse(ensureExists(database));
        return new PluginDatabase(postgres(own, server, named.database(), ensureExists), pool);
    }

    private Connection postgres(
            Section section, PostgresServer server, Optional<String> database, boolean ensureExists) {
        if (!server.isNamed() && section.peek("connection") == null) {
            section.problem("connection", "is required for PostgreSQL, and missing");
        }
        return server.settings(prefix, division, ensureExists, database);
    }

    private static boolean ensureExists(Section section) {
        return section.flag("ensureExists").orElse(true);
    }

    /** @return empty when the section does not say */
    private static Optional<Boolean> isPostgres(Section section) {
        Optional<String> client = section.text("client");
        client.filter(name -> !name.equals(POSTGRES) && !SQLITE.contains(name))
                .ifPresent(
                        name -> section.problem("client", "must be pg, better-sqlite3 or sqlite3, not '" + name + "'"));
        boolean address = section.peek("connection") instanceof Value.Scalar scalar
                && String.valueOf(scalar.content()).matches("postgres(ql)?://.*");
        return client.map(POSTGRES::equals).or(() -> address ? Optional.of(true) : Optional.empty());
    }

    private static Pool pool(Section section, Pool outer) {
        try (Section knex = section.section("knexConfig")) {
            knex.ignore("acquireConnectionTimeout", "asyncStackTraces", "debug", "searchPath", "useNullAsDefault");
            try (Section pool = knex.section("pool")) {
                int max = number(pool, "max", 1).orElse(outer.max());
                int min = number(pool, "min", 0).orElse(Math.min(outer.min(), max));
                Duration acquire = pool.millis("acquireTimeoutMillis").orElse(outer.acquireTimeout());
                if (min > max) {
                    pool.problem("min", "must not be greater than max (" + max + "), and is " + min);
                }
                if (acquire.compareTo(MIN_ACQUIRE) < 0) {
                    pool.problem("acquireTimeoutMillis", "must be " + MIN_ACQUIRE.toMillis() + " or more");
                }
                pool.ignore(
                        "createRetryIntervalMillis",
                        "createTimeoutMillis",
                        "destroyTimeoutMillis",
                        "propagateCreateError",
                        "reapIntervalMillis");
                return new Pool(
                        min, max, acquire, pool.millis("idleTimeoutMillis").orElse(outer.idleTimeout()));
            }
        }
    }

    private static Optional<Integer> number(Section pool, String key, int min) {
        return pool.number(key, min, MAX_CONNECTIONS).map(Long::intValue);
    }
}
