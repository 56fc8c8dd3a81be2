package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.ConfigurationWarnings;
import dev.belfry.api.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds a configuration object to a record. Plain reflection: a library's caches would keep the plugin's classes from
 * being unloaded. A value that does not fit is recorded as a problem and read as null, so that all problems are found.
 */
final class RecordBinder {

    private final Problems problems;
    private final SourceLocation defaults;
    private final UnknownKeys unknownKeys;
    private final ScalarBinder scalars;
    private int reportedOnly;

    /** @param defaults the location of the values of {@link Default} */
    RecordBinder(Problems problems, SourceLocation defaults) {
        this(problems, new UnknownKeys(problems), defaults);
    }

    private RecordBinder(Problems problems, UnknownKeys unknownKeys, SourceLocation defaults) {
        this.problems = problems;
        this.defaults = defaults;
        this.unknownKeys = unknownKeys;
        this.scalars = new ScalarBinder(problems);
    }

    /** @throws ConfigurationException naming every problem */
    <T extends Record> T bind(String path, Value.Tree tree, Class<T> type) {
        Object bound = record(path, tree, type);
        problems.throwIfAny();
        return Objects.requireNonNull(type.cast(bound), "without a problem there is a record");
    }

    private @Nullable Object record(String path, Value.Tree tree, Class<?> type) {
        reportOnly(() -> unknownKeys.check(path, tree, RecordKeys.of(type)));
        return components(path, tree, type);
    }

    private @Nullable Object components(String path, Value.Tree tree, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        int before = unbound();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = component(path, tree, components[i]);
        }
        Object made = unbound() == before ? construct(path, tree, type, arguments) : null;
        if (made instanceof Checked checked) {
            reportOnly(() -> checked.check(new Checks(path, tree, problems)));
        }
        if (made instanceof ConfigurationWarnings warned) {
            warned.warnings().forEach(new Checks(path, tree, problems)::warn);
        }
        return made;
    }

    /** The number of values that could not be bound; without them, a record can be made and checked. */
    private int unbound() {
        return problems.count() - reportedOnly;
    }

    private void reportOnly(Runnable check) {
        int before = problems.count();
        check.run();
        reportedOnly += problems.count() - before;
    }

    private @Nullable Object component(String path, Value.Tree tree, RecordComponent component) {
        if (component.getType() == SourceLocation.class) {
            return tree.location();
        }
        if (component.getType() == KeyPlace.class) {
            return new KeyPlace(tree.location(), path);
        }
        if (component.isAnnotationPresent(Inline.class)) {
            return components(path, tree, component.getType());
        }
        String key = keyIn(path, tree, component);
        Value value = written(path, tree, key, component);
        Default other = component.getAnnotation(Default.class);
        Object bound = value == null
                ? absent(ValuePath.join(path, key), tree, component, key)
                : convert(ValuePath.join(path, key), value, component.getGenericType(), component);
        boolean isEmpty = value != null && bound instanceof Collection<?> items && items.isEmpty();
        if (isEmpty && component.isAnnotationPresent(NotEmpty.class)) {
            return missing(ValuePath.join(path, key), tree, key);
        }
        return isEmpty && other != null ? absent(ValuePath.join(path, key), tree, component, key) : bound;
    }

    /** The spelling of the component's key that is used. */
    private String keyIn(String path, Value.Tree tree, RecordComponent component) {
        String key = RecordKeys.of(component);
        Optional<String> other = RecordKeys.alias(component).filter(alias -> ValuePath.at(tree, alias) != null);
        Value both = ValuePath.at(tree, key);
        if (other.isPresent() && both != null) {
            problems.add(both.location(), ValuePath.join(path, key), "is written as '" + other.get() + "' as well");
        }
        return both == null ? other.orElse(key) : key;
    }

    /**
     * The value of a key; null if it is absent, or refers to an unset variable and is not required. A secret can be what callers
     * have to know: without it, everybody could call.
     */
    private @Nullable Value written(String path, Value.Tree tree, String key, RecordComponent component) {
        Value value = ValuePath.at(tree, key);
        if (value instanceof Value.Unresolved unresolved
                && unresolved.isUnset()
                && !RecordKeys.isRequired(component)
                && !component.isAnnotationPresent(Restriction.class)
                && component.getType() != Secret.class) {
            problems.warn(unresolved.location(), ValuePath.join(path, key), unresolved.asAbsent());
            return null;
        }
        return value;
    }

    private @Nullable Object absent(String path, Value.Tree tree, RecordComponent component, String key) {
        Default other = component.getAnnotation(Default.class);
        if (other != null) {
            Value value = other.value().isEmpty()
                    ? new Value.Tree(Map.of(), tree.location())
                    : new Value.Scalar(other.value(), defaults);
            return convert(path, value, component.getGenericType(), component);
        }
        return RecordKeys.isRequired(component) ? missing(path, tree, key) : RecordKeys.absent(component);
    }

    private @Nullable Object missing(String path, Value.Tree tree, String key) {
        Value written = ValuePath.below(tree, key);
        problems.add((written == null ? tree : written).location(), path, "is required, and missing");
        return null;
    }

    /** @param component whose annotations hold for the value, or for each item of it */
    private @Nullable Object convert(String path, Value value, Type type, RecordComponent component) {
        if (value instanceof Value.Unresolved unresolved) {
            problems.add(unresolved.location(), path, unresolved.reason());
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return container(path, value, generic, component);
        }
        if (type == Object.class) {
            return any(path, value);
        }
        Via via = component.getAnnotation(Via.class);
        if (via == null) {
            return single(path, value, (Class<?>) type, component);
        }
        return single(path, value, via.value(), component) instanceof Supplier<?> shape ? shape.get() : null;
    }

    /** A value of any JSON type. */
    private @Nullable Object any(String path, Value value) {
        List<Object> plain = new ArrayList<>();
        Map<String, Value.Unresolved> unset = new LinkedHashMap<>();
        new PlainValues(problems, unset).add(path, value, plain::add);
        unset.forEach((inner, variable) -> problems.warn(variable.location(), inner, variable.asAbsent()));
        return plain.isEmpty() ? null : plain.getFirst();
    }

    private @Nullable Object container(String path, Value value, ParameterizedType type, RecordComponent component) {
        Class<?> container = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (container == Optional.class) {
            return Optional.ofNullable(convert(path, value, arguments[0], component));
        }
        if (container == Map.class) {
            return value instanceof Value.Tree tree
                    ? Collections.unmodifiableMap(map(path, "", tree, arguments[1], component))
                    : scalars.unfit(path, value, "an object");
        }
        if (container != List.class && container != Set.class) {
            throw ScalarTypes.unsupported(path, container);
        }
        Optional<List<Value>> items = value instanceof Value.Tree && isObject(arguments[0])
                ? Optional.of(List.of(value))
                : Strings.items(value, component);
        if (items.isEmpty()) {
            return scalars.unfit(path, value, "an array");
        }
        List<Object> list = list(path, value, items.get(), arguments[0], component);
        return container == List.class ? List.copyOf(list) : Collections.unmodifiableSet(new LinkedHashSet<>(list));
    }

    /** An object stands for an array of one, as in some sections of Backstage. */
    private static boolean isObject(Type element) {
        return element instanceof Class<?> type && (type.isRecord() || type.isSealed());
    }

    private List<Object> list(String path, Value whole, List<Value> items, Type type, RecordComponent component) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String inner = whole instanceof Value.Items array ? path + "[" + array.position(i) + "]" : path;
            Object item = component.isAnnotationPresent(OneByOne.class)
                    ? one(inner, items.get(i), type, component)
                    : convert(inner, items.get(i), type, component);
            if (item != null) {
                list.add(item);
            }
        }
        return list;
    }

    /** An entry of a list whose faults cost the entry alone; a misspelled key is a fault of the whole nevertheless. */
    private @Nullable Object one(String path, Value value, Type type, RecordComponent component) {
        int before = problems.count();
        Problems own = problems.ofEntry();
        Object item = new RecordBinder(own, unknownKeys, defaults).convert(path, value, type, component);
        if (problems.count() > before) {
            // Nothing is left out: the configuration is refused.
            return null;
        }
        return own.becomeWarnings("The entry is left out") ? null : item;
    }

    private Map<String, Object> map(String path, String prefix, Value.Tree tree, Type type, RecordComponent component) {
        Map<String, Object> map = new LinkedHashMap<>();
        tree.children().forEach((key, value) -> {
            if (value.isNull()) {
                return;
            }
            if (value instanceof Value.Tree inner && component.isAnnotationPresent(Dotted.class)) {
                map.putAll(map(path + "." + key, prefix + key + ".", inner, type, component));
                return;
            }
            Object converted = convert(path + "." + key, value, type, component);
            if (converted != null) {
                map.put(prefix + key, converted);
            }
        });
        return map;
    }

    private @Nullable Object single(String path, Value value, Class<?> type, RecordComponent component) {
        Optional<TextFactory> factory = TextFactory.of(type);
        if (factory.isPresent()) {
            return value instanceof Value.Tree tree && factory.get().record().isPresent()
                    ? record(path, tree, factory.get().record().get())
                    : scalars.made(path, value, factory.get());
        }
        if (type.isSealed()) {
            return value instanceof Value.Tree tree
                    ? variant(path, tree, type)
                    : scalars.unfit(path, value, "an object");
        }
        if (type.isRecord()) {
            return value instanceof Value.Tree tree
                    ? record(path, tree, type)
                    : scalars.unfit(path, value, "an object");
        }
        return scalars.read(path, value, type, component);
    }

    private @Nullable Object variant(String path, Value.Tree tree, Class<?> type) {
        Variants variants = Variants.of(type);
        Value kind = ValuePath.at(tree, Variant.KEY);
        Optional<Class<?>> variant = variants.ofType(Optional.ofNullable(kind).flatMap(Value::text));
        if (variant.isPresent()) {
            return record(path, tree, variant.get());
        }
        String inner = ValuePath.join(path, Variant.KEY);
        return kind == null ? missing(inner, tree, Variant.KEY) : scalars.unfit(inner, kind, variants.rule());
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
            problems.add(tree.location(), path, SecretMasking.cleaned(message, tree, path));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be created", e);
        }
    }
}
