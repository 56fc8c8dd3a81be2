package dev.belfry.host.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Converts values to maps, lists, strings, numbers and booleans. References that cannot be resolved are problems.
 *
 * @param unset receives the references to variables that are not set, by path; they count as absent
 */
record PlainValues(Problems problems, Map<String, Value.Unresolved> unset) {

    Map<String, Object> of(String path, Value.Tree tree) {
        Map<String, Object> map = new LinkedHashMap<>();
        tree.children().forEach((key, value) -> add(path + "." + key, value, content -> map.put(key, content)));
        return map;
    }

    /** Passes the converted value on, unless it is absent. */
    void add(String path, Value value, Consumer<Object> to) {
        switch (value) {
            case Value.Tree tree -> to.accept(of(path, tree));
            case Value.Items items -> {
                List<Object> list = new ArrayList<>();
                items.items().forEach(item -> add(path, item, list::add));
                to.accept(list);
            }
            // Absent; if the key is required, the rules say so.
            case Value.Unresolved unresolved when unresolved.isUnset() -> unset.put(path, unresolved);
            case Value.Unresolved unresolved -> problems.add(unresolved.location(), path, unresolved.reason());
            case Value.Scalar scalar -> {
                if (!scalar.isNull()) {
                    to.accept(scalar.content());
                }
            }
        }
    }
}
