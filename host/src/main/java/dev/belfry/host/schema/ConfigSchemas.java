package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.LiveConfig;
import dev.belfry.host.config.RecordSchema;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas of the plugins' sections: the plugin's own file, or else derived from the record that it binds. */
public final class ConfigSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveConfig config;
    private final Set<String> own = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

    public ConfigSchemas(LiveConfig config) {
        this.config = config;
    }

    /**
     * Validates the configuration of a plugin against its own schema, if it has one, before the plugin starts.
     *
     * @param location the plugin's JAR or folder of classes
     * @return the own schema
     * @throws IllegalArgumentException when the schema is invalid
     * @throws ConfigurationException naming every problem
     */
    public Optional<ConfigSchema> check(String pluginId, URL location) {
        own.remove(pluginId);
        documents.remove(pluginId);
        Optional<ConfigSchema> found = ConfigSchema.in(location);
        found.ifPresent(schema -> {
            own.add(pluginId);
            documents.put(pluginId, schema.document());
            config.current().check(pluginId, schema);
        });
        return found;
    }

    /** Derives the schema of a plugin without an own one. Binding the record validates the configuration. */
    public void derive(String pluginId, Class<? extends Record> type) {
        if (!own.contains(pluginId)) {
            documents.put(pluginId, JSON.valueToTree(RecordSchema.of(type)));
        }
    }

    /** The schema of a plugin that was started, or whose start was attempted. */
    public Optional<JsonNode> of(String pluginId) {
        return Optional.ofNullable(documents.get(pluginId));
    }
}
