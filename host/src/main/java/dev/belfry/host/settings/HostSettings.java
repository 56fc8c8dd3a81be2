package dev.belfry.host.settings;

import dev.belfry.host.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The host's own configuration, checked and complete with defaults. Paths are absolute.
 *
 * @param https {@code backend.https}; empty = HTTP without TLS
 * @param trustProxy {@code backend.trustProxy}: the trusted proxies
 * @param requiredPlugins {@code plugins.required}: the host is ready only while these run
 */
public record HostSettings(
        ListenSettings listen,
        Optional<URI> baseUrl,
        Optional<HttpsSettings> https,
        BelfrySettings belfry,
        CorsSettings cors,
        TrustProxy trustProxy,
        DatabaseSettings database,
        AuthSettings auth,
        PermissionSettings permission,
        CatalogSettings catalog,
        LogSettings log,
        DynamicPluginSettings dynamicPlugins,
        Set<String> requiredPlugins,
        PortSettings ports) {

    /** The name of the database of the host itself, which has sessions and keys. */
    private static final String HOST = "host";

    /** @throws dev.belfry.api.ConfigurationException naming every problem */
    public static HostSettings from(Config config) {
        HostKeys keys = config.bindHost(HostKeys.class);
        BelfrySettings belfry = keys.belfry();
        BackendKeys backend = keys.backend();
        DatabaseSettings database = database(config, backend.database(), belfry.dataDirectory());
        return new HostSettings(
                backend.listen(),
                backend.baseUrl(),
                backend.https().map(HttpsKeys::settings),
                belfry,
                backend.cors(),
                backend.trustProxy(),
                database,
                keys.auth().settings(backend),
                keys.permission(),
                keys.catalog().settings(keys.integrations(), guest(keys)),
                keys.log(),
                keys.dynamicPlugins(),
                keys.requiredPlugins(),
                new PortSettings(keys.ports()));
    }

    private static Optional<CatalogSettings.Guest> guest(HostKeys keys) {
        boolean isUnderPolicy = keys.permission().mode() == PermissionSettings.Mode.POLICY;
        return keys.auth().guest().map(guest -> new CatalogSettings.Guest(guest.named(), isUnderPolicy));
    }

    private static DatabaseSettings database(Config config, DatabaseKeys keys, Path dataDirectory) {
        DatabaseSettings database = keys.settings(
                dataDirectory, config.bindEach("backend.database.plugin", PluginDatabaseKeys.class, keys::check));
        // The host itself has a database as a plugin has one.
        database.of(HOST);
        return database;
    }

    /** Warnings about settings that are valid, each on its own. */
    public List<String> warnings() {
        return auth.acceptsNoUser() && ports.isOnlyBuiltIn(PortSettings.IDENTITY)
                ? List.of(
                        "no user can sign in: set auth.issuers to the issuers of your users' tokens, or, on a machine for"
                                + " development, auth.providers.guest: {}")
                : List.of();
    }

    /** The path of {@code backend.baseUrl} without a slash at its end; empty = the root. */
    public String basePath() {
        return baseUrl.map(URI::getRawPath)
                .map(path -> path.replaceFirst("/+$", ""))
                .orElse("");
    }

    /** The scheme of the host's own URL. */
    public String scheme() {
        return https.isPresent() ? "https" : "http";
    }
}
