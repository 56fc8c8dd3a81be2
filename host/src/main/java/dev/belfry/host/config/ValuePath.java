package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
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

    /** The tree without the value of a dotted key. */
    static Value.Tree without(Value.Tree tree, String key) {
        String[] steps = key.split("\\.", 2);
        Map<String, Value> rest = new LinkedHashMap<>(tree.children());
        if (steps.length == 1) {
            rest.remove(key);
        } else {
            rest.computeIfPresent(
                    steps[0], (step, value) -> value instanceof Value.Tree inner ? without(inner, steps[1]) : value);
        }
        return new Value.Tree(rest, tree.location());
    }

    /** The value of a dotted key; null if it is absent or null. */
    static @Nullable Value at(Value.Tree tree, String key) {
        Value place = tree;
        for (String step : key.split("\\.")) {
            place = place == null ? null : below(place, step);
        }
        return place == null || place.isNull() ? null : place;
    }
}
