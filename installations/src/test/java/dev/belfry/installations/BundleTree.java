package dev.belfry.installations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** An object of a bundle's file. A key that nobody reads is a mistake in the bundle. */
final class BundleTree {

    private final String place;
    private final Map<String, Object> tree;
    private final Set<String> unread;

    BundleTree(String place, Map<String, Object> tree) {
        this.place = place;
        this.tree = tree;
        this.unread = new TreeSet<>(tree.keySet());
    }

    Optional<Object> optional(String key) {
        unread.remove(key);
        return Optional.ofNullable(tree.get(key));
    }

    String text(String key) {
        return optional(key)
                .map(String::valueOf)
                .orElseThrow(() -> new IllegalArgumentException(place + ": '" + key + "' is missing"));
    }

    List<String> texts(String key) {
        List<?> items = (List<?>) optional(key).orElse(List.of());
        return items.stream().map(String::valueOf).toList();
    }

    BundleTree object(String key) {
        return new BundleTree(place + ": " + key, cast(optional(key).orElse(Map.of())));
    }

    <T> Map<String, T> map(String key, Function<Object, T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        cast(optional(key).orElse(Map.of())).forEach((name, item) -> map.put(name, value.apply(item)));
        return map;
    }

    @SuppressWarnings("unchecked") // the keys of a YAML object are strings here
    static Map<String, Object> cast(Object tree) {
        return (Map<String, Object>) tree;
    }

    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException(place + ": unknown keys " + unread);
        }
    }
}
