package dev.belfry.host.settings;

import dev.belfry.host.config.Accepted;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Inline;
import dev.belfry.host.library.OptionalLibrary;
import dev.belfry.host.settings.DatabaseSettings.Connection;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of {@code backend.database}. The keys of one plugin, {@code backend.database.plugin.<id>}, are bound on their own, so that a
 * fault in them costs that plugin.
 */
@Accepted("plugin")
record DatabaseKeys(
        @Inline PluginDatabaseKeys shared,
        @Default("backstage_plugin_") String prefix,
        @Default("database") Division pluginDivisionMode)
        implements Checked {

    /** @param parts by plugin id: the keys of one plugin, over the shared ones */
    DatabaseSettings settings(Path dataDirectory, Map<String, Config.Part<PluginDatabaseKeys>> parts) {
        Map<String, PluginDatabase> plugins = new LinkedHashMap<>();
        Map<String, List<String>> faults = new LinkedHashMap<>();
        parts.forEach((id, part) -> part.value()
                .ifPresentOrElse(
                        own -> plugins.put(id, ofPlugin(own, dataDirectory)), () -> faults.put(id, part.faults())));
        Connection connection = isPostgres(shared)
                ? postgres(PostgresServer.of(shared.connection()), Optional.empty(), shared)
                : SqliteLocation.of(shared.connection()).shared(dataDirectory);
        return new DatabaseSettings(new PluginDatabase(connection, pool(shared)), plugins, faults);
    }

    /** The plugin's own keys over the shared ones, as far as both are the same kind of database. */
    private PluginDatabase ofPlugin(PluginDatabaseKeys own, Path dataDirectory) {
        if (isPostgres(own)) {
            PostgresServer named = PostgresServer.of(own.connection());
            return new PluginDatabase(
                    postgres(named.over(PostgresServer.of(base(own))), named.database(), own), pool(own));
        }
        SqliteLocation location = SqliteLocation.of(own.connection());
        return new PluginDatabase(location.ofPlugin(SqliteLocation.of(base(own)), dataDirectory), pool(own));
    }

    private Optional<ConnectionKeys> base(PluginDatabaseKeys own) {
        return isPostgres(own) == isPostgres(shared) ? shared.connection() : Optional.empty();
    }

    private boolean isPostgres(PluginDatabaseKeys keys) {
        return keys.isPostgres().or(shared::isPostgres).orElse(false);
    }

    private Connection postgres(PostgresServer server, Optional<String> database, PluginDatabaseKeys keys) {
        boolean ensureExists = keys.ensureExists().or(shared::ensureExists).orElse(true);
        return server.settings(prefix, pluginDivisionMode, ensureExists, database);
    }

    private Pool pool(PluginDatabaseKeys keys) {
        Pool outer = shared.pool().over(PoolKeys.DEFAULT);
        return keys == shared ? outer : keys.pool().over(outer);
    }

    @Override
    public void check(Checks checks) {
        check(shared, checks);
        if (!isPostgres(shared)
                && shared.connection().orElse(null) instanceof ConnectionKeys.Parts
                && SqliteLocation.of(shared.connection()).file().isPresent()) {
            checks.fault(
                    "connection.filename",
                    "names one file for all plugins; name a directory, or a file for each below backend.database.plugin.<id>");
        }
    }

    /** The rules of the shared keys, and of those of one plugin. */
    void check(PluginDatabaseKeys keys, Checks checks) {
        Pool pool = pool(keys);
        if (pool.min() > pool.max()) {
            checks.fault(
                    "knexConfig.pool.min", "must not be greater than max (" + pool.max() + "), and is " + pool.min());
        }
        if (isPostgres(keys)) {
            List<OptionalLibrary> missing = Stream.of(OptionalLibrary.POSTGRESQL, OptionalLibrary.FLYWAY_POSTGRESQL)
                    .filter(library -> !library.isPresent())
                    .toList();
            missing.forEach(library -> checks.fault("client", "PostgreSQL " + library.need()));
            if (missing.isEmpty()) {
                checkPostgres(checks, "connection", keys);
            }
        } else {
            checkSqlite(checks, "connection", keys);
        }
    }

    private void checkPostgres(Checks checks, String key, PluginDatabaseKeys keys) {
        switch (keys.connection().orElse(null)) {
            case null -> {
                if (keys == shared || base(keys).isEmpty()) {
                    checks.fault(key, "is required for PostgreSQL, and missing");
                }
            }
            case ConnectionKeys.Text text -> {
                checkUrl(checks, key, text);
            }
            case ConnectionKeys.Parts parts -> {
                parts.url().ifPresent(url -> checkUrl(checks, key + ".connectionString", url));
                parts.host()
                        .flatMap(PostgresAddressRule::brokenByHost)
                        .ifPresent(rule -> checks.fault(key + ".host", rule));
                parts.type()
                        .filter(type -> !type.equalsIgnoreCase("default"))
                        .ifPresent(type -> checks.fault(
                                key + ".type",
                                "must be 'default', not '" + type
                                        + "': Belfry has no connector of a cloud. Remove type, and"
                                        + " set user and password of a login with a password; host can name a proxy, such as"
                                        + " the Cloud SQL Auth Proxy"));
                warnOfForeign(checks, key, parts.keysOfSqlite(), "PostgreSQL");
            }
        }
    }

    private static void checkUrl(Checks checks, String key, ConnectionKeys.Text text) {
        Optional<String> broken = PostgresAddressRule.brokenByUrl(text);
        if (broken.isPresent()) {
            checks.fault(key, broken.get());
            return;
        }
        URI url = URI.create(text.text());
        PostgresServer.repeatedParameters(url)
                .forEach(name -> checks.fault(key, "has the parameter '" + name + "' more than once"));
        Map<String, String> parameters = PostgresServer.parameters(url);
        PostgresUrlParameters.wrongValues(parameters).forEach(fault -> checks.fault(key, fault));
        parameters.keySet().stream()
                .filter(PostgresUrlParameters::isUnknown)
                .forEach(name -> PostgresUrlParameters.misspelled(name)
                        .ifPresentOrElse(
                                near -> checks.fault(
                                        key, "unknown parameter '" + name + "'; did you mean '" + near + "'?"),
                                () -> checks.warn(key, "the parameter '" + name + "' has no effect")));
    }

    private static void checkSqlite(Checks checks, String key, PluginDatabaseKeys keys) {
        switch (keys.connection().orElse(null)) {
            case null -> {}
            case ConnectionKeys.Text text -> {
                if (text.isUrl()) {
                    // The URL may contain a password, so it is not repeated.
                    checks.fault(
                            key,
                            "is the URL of a server, which SQLite does not have; for PostgreSQL, set client to pg");
                }
                SqliteLocation.broken(text.text()).ifPresent(rule -> checks.fault(key, rule));
            }
            case ConnectionKeys.Parts parts -> {
                warnOfForeign(checks, key, parts.keysOfPostgres(), "SQLite");
                parts.filename()
                        .flatMap(file -> SqliteLocation.broken(file.text()))
                        .ifPresent(rule -> checks.fault(key + ".filename", rule));
            }
        }
    }

    /** An earlier file may have selected the other kind of database. */
    private static void warnOfForeign(Checks checks, String key, Set<String> foreign, String database) {
        List<String> names = List.copyOf(foreign);
        if (!names.isEmpty()) {
            String others = String.join(", ", names.subList(1, names.size()));
            checks.warn(
                    key + "." + names.getFirst(),
                    "has no effect on " + database + ", which client selects"
                            + (others.isEmpty() ? "" : "; nor have the keys " + others + " beside it"));
        }
    }
}
