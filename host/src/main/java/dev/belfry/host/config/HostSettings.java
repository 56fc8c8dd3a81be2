package dev.belfry.host.config;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All of the configuration that is the host's own, checked and with every default filled in. Paths are absolute.
 *
 * @param trustProxy {@code backend.trustProxy}: proxies whose word about clients counts
 * @param requiredPlugins {@code plugins.required}: without one of these running, the host is not ready
 * @param ports {@code ports}: which plugin supplies a port, by dotted name such as {@code notifications.storage}
 * @param ignored keys that the family knows and that mean nothing here
 */
public record HostSettings(
        ListenSettings listen,
        Optional<URI> baseUrl,
        BelfrySettings belfry,
        CorsSettings cors,
        TrustProxy trustProxy,
        DatabaseSettings database,
        AuthSettings auth,
        PermissionSettings permission,
        CatalogSettings catalog,
        DynamicPluginSettings dynamicPlugins,
        Set<String> requiredPlugins,
        Map<String, String> ports,
        Set<String> ignored) {

    /** The top-level keys that are the host's. */
    static final Set<String> SECTIONS =
            Set.of("backend", "auth", "permission", "catalog", "belfry", "dynamicPlugins", "plugins", "ports");

    /** @throws dev.belfry.api.ConfigurationException naming every fault */
    public static HostSettings from(Config config) {
        return new SettingsReader(config).read();
    }
}
