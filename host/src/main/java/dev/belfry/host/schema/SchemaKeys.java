package dev.belfry.host.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/** The paths of the keys that a JSON Schema describes: {@code ropes[].length}, {@code hours.*}. */
final class SchemaKeys {

    private final Set<String> keys = new TreeSet<>();

    private SchemaKeys() {}

    static Set<String> of(JsonNode schema) {
        SchemaKeys keys = new SchemaKeys();
        keys.collect("", schema);
        return keys.keys;
    }

    private void collect(String path, JsonNode schema) {
        String prefix = path.isEmpty() ? "" : path + ".";
        schema.path("properties")
                .properties()
                .forEach(property -> add(prefix + property.getKey(), property.getValue()));
        if (schema.path("items").isObject()) {
            collect(path + "[]", schema.get("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            add(prefix + "*", schema.get("additionalProperties"));
        }
    }

    private void add(String path, JsonNode schema) {
        keys.add(path);
        collect(path, schema);
    }
}
