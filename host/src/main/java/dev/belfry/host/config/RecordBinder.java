package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a configuration object to a record. Plain reflection: a library's caches would keep the plugin's classes from
 * being unloaded. A value that does not fit is recorded as a problem and read as null, so that all problems are found.
 */
final class RecordBinder {

    private static final Map<Class<?>, Object> EMPTY =
            Map.of(Optional.class, Optional.empty(), List.class, List.of(), Set.class, Set.of(), Map.class, Map.of());

    private final Problems problems;

    RecordBinder(Problems problems) {
        this.problems = problems;
    }

    /** @throws ConfigurationException naming every problem */
    <T extends Record> T bind(String path, Value.Tree tree, Class<T> type) {
        Object bound = record(path, tree, type);
        problems.throwIfAny();
        return Objects.requireNonNull(type.cast(bound), "without a problem there is a record");
    }

    private @Nullable Object record(String path, Value.Tree tree, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        int before = problems.count();
        refuseUnknown(path, tree, components);
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(path, tree, components[i]);
        }
        return problems.count() == before ? construct(path, tree, type, arguments) : null;
    }

    private void refuseUnknown(String path, Value.Tree tree, RecordComponent[] components) {
        Set<String> known =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toSet());
        tree.children().forEach((key, value) -> {
            if (!known.contains(key)) {
                problems.add(value.location() + ": " + path + "." + key + ": " + Section.unknown(key, known));
            }
        });
    }

    private @Nullable Object component(String path, Value.Tree tree, RecordComponent component) {
        String inner = path + "." + component.getName();
        Value value = tree.children().get(component.getName());
        if (value != null && !(value instanceof Value.Scalar scalar && scalar.content() == null)) {
            return convert(inner, value, component.getGenericType());
        }
        Object empty = EMPTY.get(component.getType());
        if (empty == null && !isNullable(component)) {
            problems.add(
                    (value == null ? tree.location() : value.location()) + ": " + inner + ": is required, and missing");
        }
        return empty;
    }

    /** By name: a plugin may load the annotation with its own class loader. */
    private static boolean isNullable(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private @Nullable Object convert(String path, Value value, Type type) {
        if (value instanceof Value.Unresolved unresolved) {
            problems.add(unresolved.location() + ": " + path + ": " + unresolved.reason());
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return container(path, value, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted.isRecord()) {
            return value instanceof Value.Tree tree ? record(path, tree, wanted) : unfit(path, value, "an object");
        }
        return scalar(path, value, wanted);
    }

    private @Nullable Object container(String path, Value value, Class<?> container, Type[] arguments) {
        if (container == Optional.class) {
            return Optional.ofNullable(convert(path, value, arguments[0]));
        }
        if (container == Map.class) {
            return value instanceof Value.Tree tree ? map(path, tree, arguments[1]) : unfit(path, value, "an object");
        }
        if (container != List.class && container != Set.class) {
            throw ScalarTypes.unsupported(path, container);
        }
        if (!(value instanceof Value.Items items)) {
            return unfit(path, value, "an array");
        }
        List<Object> list = list(path, items, arguments[0]);
        return container == List.class ? List.copyOf(list) : Collections.unmodifiableSet(new LinkedHashSet<>(list));
    }

    private List<Object> list(String path, Value.Items items, Type type) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < items.items().size(); i++) {
            Object item = convert(path + "[" + i + "]", items.items().get(i), type);
            if (item != null) {
                list.add(item);
            }
        }
        return list;
    }

    private Map<String, Object> map(String path, Value.Tree tree, Type type) {
        Map<String, Object> map = new LinkedHashMap<>();
        tree.children().forEach((key, value) -> {
            Object converted = convert(path + "." + key, value, type);
            if (converted != null) {
                map.put(key, converted);
            }
        });
        return Collections.unmodifiableMap(map);
    }

    private @Nullable Object scalar(String path, Value value, Class<?> type) {
        String rule = ScalarTypes.rule(path, type);
        Optional<String> text = Section.asText(value);
        if (text.isEmpty()) {
            return unfit(path, value, rule);
        }
        Optional<Object> parsed =
                ScalarTypes.parse(type, text.get(), value.location().base());
        if (parsed.isEmpty()) {
            problems.add(
                    value.location() + ": " + path + ": must be " + rule + ", not " + SecretMasking.shown(value, path));
        }
        return parsed.orElse(null);
    }

    private @Nullable Object unfit(String path, Value value, String rule) {
        problems.add(value.location() + ": " + path + ": must be " + rule + ", not " + value.kind());
        return null;
    }

    private @Nullable Object construct(String path, Value.Tree tree, Class<?> type, @Nullable Object[] arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            // The record's constructor validates its values.
            String message = String.valueOf(e.getTargetException().getMessage());
            problems.add(tree.location() + ": " + path + ": " + SecretMasking.cleaned(message, tree, path));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be created", e);
        }
    }
}
