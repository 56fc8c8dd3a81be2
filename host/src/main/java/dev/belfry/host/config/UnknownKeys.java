package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Decides what a key means that a record does not bind: it has no effect, or it is a problem. */
final class UnknownKeys {

    private final Problems problems;
    private final Consumer<String> ignored;

    /** @param ignored gets the path of each key that has no effect */
    UnknownKeys(Problems problems, Consumer<String> ignored) {
        this.problems = problems;
        this.ignored = ignored;
    }

    void check(String path, Value.Tree tree, RecordKeys keys) {
        check(path, "", tree, keys);
    }

    private void check(String path, String holder, Value.Tree tree, RecordKeys keys) {
        tree.children().forEach((name, value) -> {
            String key = ValuePath.join(holder, name);
            String inner = ValuePath.join(path, name);
            boolean isOneName = name.indexOf('.') < 0;
            if (isOneName && keys.knows(key)) {
                return;
            }
            if (isOneName && keys.holds(key)) {
                checkHolder(inner, key, value, keys);
            } else if (keys.ignored().contains(key) || keys.ignored().contains(ValuePath.join(holder, "*"))) {
                ignored.accept(inner);
            } else {
                problems.add(value.location(), inner, message(name, keys.within(holder)));
            }
        });
    }

    private void checkHolder(String path, String key, Value value, RecordKeys keys) {
        switch (value) {
            case Value.Tree tree -> check(path, key, tree, keys);
            case Value.Unresolved unresolved -> problems.add(unresolved.location(), path, unresolved.reason());
            case Value empty when empty.isNull() -> {}
            default -> problems.add(value.location(), path, "must be an object, not " + value.kind());
        }
    }

    static String message(String key, Set<String> known) {
        String near = ClosestName.of(key, known)
                .map(name -> "; did you mean '" + name + "'? allowed: ")
                .orElse("; allowed: ");
        return "unknown key" + near + String.join(", ", new TreeSet<>(known));
    }
}
