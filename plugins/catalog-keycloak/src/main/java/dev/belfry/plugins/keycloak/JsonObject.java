package dev.belfry.plugins.keycloak;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An object of Keycloak's JSON. */
record JsonObject(Map<String, Object> properties) {

    /** The string; null if it is absent or not a string. */
    @Nullable
    String text(String name) {
        return properties.get(name) instanceof String text ? text : null;
    }

    /** The number, or 0 if it is absent. */
    long number(String name) {
        return properties.get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean isFalse(String name) {
        return Boolean.FALSE.equals(properties.get(name));
    }

    /** The objects of an array; empty if it is absent. */
    List<JsonObject> objects(String name) {
        return properties.get(name) instanceof List<?> array ? of(array) : List.of();
    }

    static List<JsonObject> of(List<?> array) {
        return array.stream().flatMap(JsonObject::of).toList();
    }

    @SuppressWarnings("unchecked") // keys of JSON are strings
    private static Stream<JsonObject> of(Object element) {
        return element instanceof Map<?, ?> map ? Stream.of(new JsonObject((Map<String, Object>) map)) : Stream.empty();
    }
}
