package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.spelling.NearName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a map. By plain reflection: a library's caches would hold the plugin's classes after its stop.
 */
final class RecordBinder {

    private final Faults faults;

    RecordBinder(Faults faults) {
        this.faults = faults;
    }

    /** Says that a value does not fit; the fault has been noted. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** @throws ConfigurationException naming every fault */
    <T extends Record> T bind(String path, Value.Tree tree, Class<T> type) {
        Optional<T> bound = Optional.empty();
        try {
            bound = Optional.of(record(path, tree, type));
        } catch (Unfit _) {
            // Every fault has been noted where it was found.
        }
        faults.throwIfAny();
        return bound.orElseThrow();
    }

    private <T> T record(String path, Value.Tree tree, Class<T> type) throws Unfit {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new Object[components.length];
        boolean fits = refuseUnknown(path, tree, components);
        for (int i = 0; i < components.length; i++) {
            try {
                arguments[i] = component(path, tree, components[i]);
            } catch (Unfit _) {
                fits = false;
            }
        }
        if (!fits) {
            throw new Unfit();
        }
        return construct(path, tree, type, components, arguments);
    }

    private boolean refuseUnknown(String path, Value.Tree tree, RecordComponent[] components) {
        TreeSet<String> known =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
        boolean fits = true;
        for (Map.Entry<String, Value> entry : tree.children().entrySet()) {
            if (!known.contains(entry.getKey())) {
                String near = NearName.of(entry.getKey(), known)
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse("");
                faults.add(entry.getValue().origin() + ": " + path + "." + entry.getKey() + ": unknown key" + near
                        + " Known here: " + String.join(", ", known));
                fits = false;
            }
        }
        return fits;
    }

    private @Nullable Object component(String path, Value.Tree tree, RecordComponent component) throws Unfit {
        String inner = path + "." + component.getName();
        Value value = tree.children().get(component.getName());
        if (value == null || (value instanceof Value.Scalar scalar && scalar.content() == null)) {
            return absent(inner, tree, component);
        }
        return convert(inner, value, component.getGenericType());
    }

    private @Nullable Object absent(String path, Value.Tree tree, RecordComponent component) throws Unfit {
        Class<?> type = component.getType();
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        faults.add(tree.origin() + ": " + path + ": is missing");
        throw new Unfit();
    }

    private Object convert(String path, Value value, Type type) throws Unfit {
        if (type instanceof ParameterizedType generic) {
            return container(path, value, generic);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted.isRecord()) {
            if (value instanceof Value.Tree tree) {
                return record(path, tree, wanted);
            }
            throw unfit(path, value, "a map");
        }
        return scalar(path, value, wanted);
    }

    private Object container(String path, Value value, ParameterizedType type) throws Unfit {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.of(convert(path, value, arguments[0]));
        }
        if (type.getRawType() == List.class) {
            if (!(value instanceof Value.Items items)) {
                throw unfit(path, value, "a list");
            }
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < items.items().size(); i++) {
                list.add(convert(path + "[" + i + "]", items.items().get(i), arguments[0]));
            }
            return List.copyOf(list);
        }
        if (type.getRawType() == Map.class && value instanceof Value.Tree tree) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (Map.Entry<String, Value> entry : tree.children().entrySet()) {
                map.put(entry.getKey(), convert(path + "." + entry.getKey(), entry.getValue(), arguments[1]));
            }
            return map;
        }
        throw unfit(path, value, "a map");
    }

    private Object scalar(String path, Value value, Class<?> type) throws Unfit {
        Optional<String> text = Section.asText(value);
        if (text.isEmpty()) {
            throw unfit(path, value, ScalarNames.of(type));
        }
        try {
            return ScalarNames.parse(type, text.get(), value.origin().base());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw unfit(path, value, ScalarNames.of(type));
        }
    }

    /** The kinds of single values, what they are called and how they are read. */
    private static final class ScalarNames {

        static String of(Class<?> type) {
            if (type.isEnum()) {
                return "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", "));
            }
            if (type == boolean.class || type == Boolean.class) {
                return "true or false";
            }
            if (type == Duration.class) {
                return "a duration such as PT10S";
            }
            if (type == Period.class) {
                return "a period such as P30D";
            }
            if (type == String.class || type == Path.class) {
                return "a text";
            }
            return type == URI.class ? "an address" : "a number";
        }

        static Object parse(Class<?> type, String text, Path base) {
            if (type.isEnum()) {
                return Arrays.stream(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new);
            }
            if ((type == boolean.class || type == Boolean.class) && !text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(text);
            }
            return switch (type.getName()) {
                case "java.lang.String" -> text;
                case "boolean", "java.lang.Boolean" -> Boolean.valueOf(text);
                case "int", "java.lang.Integer" -> Integer.valueOf(text);
                case "long", "java.lang.Long" -> Long.valueOf(text);
                case "double", "java.lang.Double" -> Double.valueOf(text);
                case "java.time.Duration" -> Duration.parse(text);
                case "java.time.Period" -> Period.parse(text);
                case "java.nio.file.Path" -> base.resolve(text).normalize();
                case "java.net.URI" -> URI.create(text);
                default -> throw new UnsupportedOperationException("no configuration value can be a " + type.getName());
            };
        }
    }

    private Unfit unfit(String path, Value value, String rule) {
        faults.add(value.origin() + ": " + path + ": must be " + rule + ", not " + value.kind());
        return new Unfit();
    }

    private <T> T construct(
            String path, Value.Tree tree, Class<T> type, RecordComponent[] components, @Nullable Object[] arguments)
            throws Unfit {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            // A record that checks itself says what is wrong.
            faults.add(
                    tree.origin() + ": " + path + ": " + e.getTargetException().getMessage());
            throw new Unfit();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made", e);
        }
    }
}
