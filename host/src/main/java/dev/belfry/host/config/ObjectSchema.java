package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The JSON Schema of an object. Dots in keys lead into objects. */
final class ObjectSchema {

    private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
    private final Map<String, ObjectSchema> inner = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private boolean isOpen;

    void put(String key, Map<String, Object> schema, boolean isRequired) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        if (isRequired) {
            required.add(name);
        }
        if (dot < 0) {
            properties.put(name, schema);
        } else {
            at(name).put(key.substring(dot + 1), schema, isRequired);
        }
    }

    /** The key has no effect, so it may have any value. */
    void open(String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            isOpen = true;
        } else {
            at(key.substring(0, dot)).open(key.substring(dot + 1));
        }
    }

    private ObjectSchema at(String name) {
        return inner.computeIfAbsent(name, key -> new ObjectSchema());
    }

    Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        inner.forEach((name, schema) -> all.put(name, schema.toMap()));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "object");
        map.put("properties", all);
        if (!required.isEmpty()) {
            map.put("required", required);
        }
        map.put("additionalProperties", isOpen);
        return map;
    }
}
