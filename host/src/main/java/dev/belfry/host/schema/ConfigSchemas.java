package dev.belfry.host.schema;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.Config;
import dev.belfry.host.config.LiveConfig;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Validates the configuration of each plugin against its schema before the plugin starts. */
public final class ConfigSchemas {

    private final LiveConfig config;
    private final Map<String, ConfigSchema> lastChecked = new ConcurrentHashMap<>();

    public ConfigSchemas(LiveConfig config) {
        this.config = config;
    }

    /**
     * @param location the plugin's JAR or folder of classes
     * @throws IllegalArgumentException when the schema is invalid
     * @throws ConfigurationException naming every problem
     */
    public void check(String pluginId, URL location) {
        Optional<ConfigSchema> schema = ConfigSchema.in(location);
        schema.ifPresentOrElse(found -> lastChecked.put(pluginId, found), () -> lastChecked.remove(pluginId));
        check(pluginId, config.current());
    }

    /**
     * Checks another configuration against the schema of a plugin that was started.
     *
     * @throws ConfigurationException naming every problem
     */
    public void check(String pluginId, Config other) {
        of(pluginId).ifPresent(schema -> other.check(pluginId, schema));
    }

    /** The schema of a plugin that was started, or whose start was attempted. */
    public Optional<ConfigSchema> of(String pluginId) {
        return Optional.ofNullable(lastChecked.get(pluginId));
    }
}
