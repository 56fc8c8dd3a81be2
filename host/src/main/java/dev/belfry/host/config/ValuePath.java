package dev.belfry.host.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Paths of keys. */
final class ValuePath {

    private ValuePath() {}

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** @param step a key, or the index of an item */
    static @Nullable Value below(Value place, Object step) {
        return switch (place) {
            case Value.Tree tree
            when step instanceof String key -> tree.children().get(key);
            case Value.Items items
            when step instanceof Integer index && index < items.items().size() ->
                items.items().get(index);
            default -> null;
        };
    }

    /**
     * Where a key is written, or the nearest object around it.
     *
     * @param key dotted, with the indexes of items, such as {@code plugins[0].integrity}
     */
    static SourceLocation place(Value.Tree tree, String key) {
        Value place = tree;
        List<String> steps = List.of(key.split("[.\\[]"));
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            Value next = below(place, step.endsWith("]") ? index(step) : step);
            if (next == null) {
                // The rest can be one name with dots, such as notifications.storage.
                Value rest = below(place, String.join(".", steps.subList(i, steps.size())));
                return (rest == null ? place : rest).location();
            }
            place = next;
        }
        return place.location();
    }

    /**
     * A key for messages: with the positions of items where they are written.
     *
     * @param path of the object
     * @param key as for {@link #place}
     */
    static String shown(String path, Value.Tree tree, String key) {
        StringBuilder shown = new StringBuilder(path);
        @Nullable Value place = tree;
        for (String step : key.split("[.\\[]")) {
            if (step.endsWith("]")) {
                int index = (Integer) index(step);
                shown.append('[')
                        .append(place instanceof Value.Items items ? items.position(index) : index)
                        .append(']');
                place = place == null ? null : below(place, index);
            } else {
                shown.append(shown.isEmpty() ? "" : ".").append(step);
                place = place == null ? null : below(place, step);
            }
        }
        return shown.toString();
    }

    private static Object index(String step) {
        return Integer.valueOf(step.substring(0, step.length() - 1));
    }

    /** Adds the paths of all values that differ; arrays are one value. */
    static void differences(String path, @Nullable Value one, @Nullable Value other, Set<String> different) {
        if (one instanceof Value.Tree tree && other instanceof Value.Tree another) {
            Set<String> keys = new TreeSet<>(tree.children().keySet());
            keys.addAll(another.children().keySet());
            keys.forEach(key -> differences(
                    join(path, key),
                    tree.children().get(key),
                    another.children().get(key),
                    different));
        } else if (one instanceof Value.Tree tree && other == null) {
            tree.children().forEach((key, value) -> differences(join(path, key), value, null, different));
        } else if (other instanceof Value.Tree && one == null) {
            differences(path, other, null, different);
        } else if (one == null ? other != null : !one.isSameAs(other)) {
            different.add(path);
        }
    }

    /** The value of a dotted key; null if it is absent or null. */
    static @Nullable Value at(Value.Tree tree, String key) {
        Value place = tree;
        for (String step : key.split("[.\\[]")) {
            place = place == null ? null : below(place, step.endsWith("]") ? index(step) : step);
        }
        return place == null || place.isNull() ? null : place;
    }
}
