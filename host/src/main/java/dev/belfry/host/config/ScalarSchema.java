package dev.belfry.host.config;

import dev.belfry.api.Secret;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of a string, number or boolean, or of any value. */
final class ScalarSchema {

    private static final Map<Class<?>, String> JSON_TYPES = Map.of(
            boolean.class, "boolean",
            Boolean.class, "boolean",
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            double.class, "number",
            Double.class, "number");

    private static final Map<Class<?>, String> FORMATS =
            Map.of(Duration.class, "duration", Period.class, "duration", URI.class, "uri-reference");

    private ScalarSchema() {}

    static Map<String, Object> of(Class<?> type, RecordComponent component) {
        if (type == Object.class) {
            return Map.of();
        }
        if (type.isEnum()) {
            return Map.of("enum", ScalarTypes.names(type));
        }
        boolean isNumber = component.isAnnotationPresent(NumberOf.class);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", isNumber ? "integer" : jsonType(type, component));
        if (FORMATS.containsKey(type) && !isNumber) {
            schema.put("format", FORMATS.get(type));
        }
        if (type == Secret.class) {
            schema.put("writeOnly", true);
        }
        Range range = component.getAnnotation(Range.class);
        if (range != null) {
            schema.put("minimum", range.min());
            schema.put("maximum", range.max());
        }
        return schema;
    }

    /** A duration can be an object such as {@code {days: 30}}, and a {@code false} that stands for none. */
    private static Object jsonType(Class<?> type, RecordComponent component) {
        if (type == Duration.class) {
            return ScalarBinder.canBeOff(component)
                    ? List.of("string", "object", "boolean")
                    : List.of("string", "object");
        }
        return JSON_TYPES.getOrDefault(type, "string");
    }
}
