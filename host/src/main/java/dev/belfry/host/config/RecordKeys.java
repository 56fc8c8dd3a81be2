package dev.belfry.host.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a type of records; dots lead into objects.
 *
 * @param bound keys with a meaning that are bound
 * @param accepted keys that the record may have, and that are not bound
 * @param ignored keys without effect; {@code *} stands for all others
 * @param unsupported keys without effect on which an installation may rely; {@code *} stands for all others
 */
record RecordKeys(Set<String> bound, Set<String> accepted, Set<String> ignored, Map<String, Unsupported> unsupported) {

    private static final Map<Class<?>, Object> EMPTY =
            Map.of(Optional.class, Optional.empty(), List.class, List.of(), Set.class, Set.of(), Map.class, Map.of());

    private static final Map<Class<?>, Object> ZERO =
            Map.of(int.class, 0, long.class, 0L, Duration.class, Duration.ZERO);

    static RecordKeys of(Class<?> type) {
        RecordKeys keys = new RecordKeys(
                new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
        keys.add(type);
        return keys;
    }

    /**
     * The names of all keys that a section and the objects in it can have.
     *
     * @param host the record of all sections
     */
    static Set<String> inSection(Class<? extends Record> host, String section) {
        Optional<Class<?>> type = Arrays.stream(host.getRecordComponents())
                .filter(component -> of(component).equals(section))
                .<Class<?>>map(RecordComponent::getType)
                .filter(Class::isRecord)
                .findFirst();
        Set<String> names = new LinkedHashSet<>(of(host).within(section));
        type.map(RecordKeys::of)
                .ifPresent(keys -> Stream.of(keys.known(), keys.ignored.stream(), keys.unsupported.keySet().stream())
                        .flatMap(paths -> paths)
                        .flatMap(path -> Arrays.stream(path.split("\\.")))
                        .forEach(names::add));
        return names;
    }

    /** Whether the component tells where its object is written, and is no key. */
    static boolean isPlace(RecordComponent component) {
        return component.getType() == SourceLocation.class || component.getType() == KeyPlace.class;
    }

    private void add(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Inline.class)) {
                add(component.getType());
            } else if (!isPlace(component)) {
                bound.add(of(component));
                alias(component).ifPresent(bound::add);
            }
        }
        if (type.isAnnotationPresent(Variant.class)) {
            accepted.add(Variant.KEY);
        }
        if (type.isAnnotationPresent(Accepted.class)) {
            accepted.addAll(List.of(type.getAnnotation(Accepted.class).value()));
        }
        if (type.isAnnotationPresent(Ignored.class)) {
            ignored.addAll(List.of(type.getAnnotation(Ignored.class).value()));
        }
        for (Unsupported keys : type.getAnnotationsByType(Unsupported.class)) {
            List.of(keys.value()).forEach(key -> unsupported.put(key, keys));
        }
    }

    static String of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key == null ? component.getName() : key.value();
    }

    static Optional<String> alias(RecordComponent component) {
        return Optional.ofNullable(component.getAnnotation(Key.class))
                .map(Key::or)
                .filter(other -> !other.isEmpty());
    }

    /** The value of an absent key that is not required. */
    static @Nullable Object absent(RecordComponent component) {
        return (component.isAnnotationPresent(Derived.class) ? ZERO : EMPTY).get(component.getType());
    }

    /** Whether a record without the key cannot be made. */
    static boolean isRequired(RecordComponent component) {
        return component.isAnnotationPresent(NotEmpty.class)
                || !(component.isAnnotationPresent(Default.class)
                        || component.isAnnotationPresent(Derived.class)
                        || EMPTY.containsKey(component.getType())
                        || isNullable(component));
    }

    /** By name: a plugin may load the annotation with its own class loader. */
    private static boolean isNullable(RecordComponent component) {
        return Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private Stream<String> known() {
        return Stream.concat(bound.stream(), accepted.stream());
    }

    boolean knows(String key) {
        return bound.contains(key) || accepted.contains(key);
    }

    /** Whether the value of this key is an object that holds further keys of the record. */
    boolean holds(String key) {
        return Stream.of(known(), ignored.stream(), unsupported.keySet().stream())
                .flatMap(keys -> keys)
                .anyMatch(other -> other.startsWith(key + "."));
    }

    boolean ignores(String key) {
        return ignored.contains(key) || ignored.contains(others(key));
    }

    /** The meaning of an unsupported key, and what to write instead. */
    Optional<Unsupported> unsupported(String key) {
        return Optional.ofNullable(unsupported.get(unsupported.containsKey(key) ? key : others(key)));
    }

    private static String others(String key) {
        return key.replaceFirst("[^.]*$", "*");
    }

    /** The names of known keys within the object that this key holds. */
    Set<String> within(String holder) {
        String prefix = holder.isEmpty() ? "" : holder + ".";
        return known().filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).replaceFirst("\\..*", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
