package dev.belfry.host.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Describes the configuration objects that are bound to a record, as a JSON Schema. */
public final class RecordSchema {

    /** The records around the current one: a record that contains itself is described once. */
    private final Set<Class<?>> around = new HashSet<>();

    private RecordSchema() {}

    /** @return objects, arrays, strings, numbers and booleans */
    public static Map<String, Object> of(Class<? extends Record> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.putAll(new RecordSchema().record(type));
        return schema;
    }

    private Map<String, Object> record(Class<?> type) {
        ObjectSchema schema = new ObjectSchema();
        if (!around.add(type)) {
            return Map.of("type", "object");
        }
        addComponents(type, schema);
        around.remove(type);
        return schema.toMap();
    }

    private void addComponents(Class<?> type, ObjectSchema schema) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                addComponents(component.getType(), schema);
            } else if (!RecordKeys.isPlace(component)) {
                schema.put(RecordKeys.of(component), component(component), RecordKeys.isRequired(component));
            }
        }
        RecordKeys keys = RecordKeys.of(type);
        keys.accepted().forEach(key -> schema.put(key, Map.of(), false));
        keys.ignored().forEach(schema::open);
    }

    private Map<String, Object> component(RecordComponent component) {
        Map<String, Object> schema = new LinkedHashMap<>(type(component.getGenericType(), component));
        Default other = component.getAnnotation(Default.class);
        Object value = other == null ? null : ScalarText.meaning(other.value());
        if (value != null) {
            schema.put("default", value);
        }
        return schema;
    }

    private Map<String, Object> type(Type type, RecordComponent component) {
        if (!(type instanceof ParameterizedType generic)) {
            Via via = component.getAnnotation(Via.class);
            return single(via == null ? (Class<?>) type : via.value(), component);
        }
        Class<?> container = (Class<?>) generic.getRawType();
        Type[] arguments = generic.getActualTypeArguments();
        if (container == Optional.class) {
            return type(arguments[0], component);
        }
        if (container == Map.class) {
            return Map.of("type", "object", "additionalProperties", type(arguments[1], component));
        }
        boolean isArray =
                !component.isAnnotationPresent(Words.class) && !component.isAnnotationPresent(OneOrMore.class);
        return Map.of("type", isArray ? "array" : List.of("array", "string"), "items", type(arguments[0], component));
    }

    private Map<String, Object> single(Class<?> type, RecordComponent component) {
        Optional<TextFactory> factory = TextFactory.of(type);
        if (factory.isPresent()) {
            Map<String, Object> text = Map.of("description", factory.get().rule());
            return factory.get()
                    .record()
                    .map(record -> Map.<String, Object>of("anyOf", List.of(text, record(record))))
                    .orElse(text);
        }
        if (type.isSealed()) {
            return Map.of(
                    "anyOf",
                    Arrays.stream(type.getPermittedSubclasses())
                            .map(this::record)
                            .toList());
        }
        return type.isRecord() ? record(type) : ScalarSchema.of(type, component);
    }
}
