package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import java.util.Optional;

/** The keys that {@code backend.database} and {@code backend.database.plugin.<id>} have in common. */
@Ignored({
    "ensureSchemaExists",
    "knexConfig.acquireConnectionTimeout",
    "knexConfig.asyncStackTraces",
    "knexConfig.debug",
    "knexConfig.searchPath",
    "knexConfig.useNullAsDefault",
    "keepalive",
    "pluginDivisionMode",
    "role",
    "schemaPrefix",
    "skipMigrations"
})
record PluginDatabaseKeys(
        Optional<Client> client,
        Optional<ConnectionKeys> connection,
        Optional<Boolean> ensureExists,
        @Key("knexConfig.pool") @Default PoolKeys pool) {

    /** The names of the clients in Backstage. */
    enum Client {
        PG,
        BETTER_SQLITE3,
        SQLITE3
    }

    /** @return empty when these keys do not say */
    Optional<Boolean> isPostgres() {
        Optional<Boolean> named = client.map(Client.PG::equals);
        boolean hasUrl = connection.isPresent()
                && switch (connection.get()) {
                    case ConnectionKeys.Text text -> text.isPostgresUrl();
                    case ConnectionKeys.Parts parts ->
                        parts.url().filter(ConnectionKeys.Text::isPostgresUrl).isPresent();
                };
        return named.or(() -> hasUrl ? Optional.of(true) : Optional.empty());
    }
}
