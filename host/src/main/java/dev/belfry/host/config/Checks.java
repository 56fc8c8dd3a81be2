package dev.belfry.host.config;

import java.util.function.Consumer;

/** Where a {@link Checked} record reports what is wrong with its values. */
public final class Checks {

    private final String path;
    private final Value.Tree tree;
    private final Problems problems;
    private final Consumer<String> ignored;

    Checks(String path, Value.Tree tree, Problems problems, Consumer<String> ignored) {
        this.path = path;
        this.tree = tree;
        this.problems = problems;
        this.ignored = ignored;
    }

    /**
     * Reports a problem with the file and the line of the key, or of the nearest object around it.
     *
     * @param key relative to the record, such as {@code plugins[0].integrity}
     * @param rule the rule that is violated
     */
    public void fault(String key, String rule) {
        Value place = tree;
        for (String step : key.split("[.\\[]")) {
            Value next = ValuePath.below(place, step.endsWith("]") ? index(step) : step);
            if (next == null) {
                break;
            }
            place = next;
        }
        problems.add(place.location(), ValuePath.join(path, key), rule);
    }

    /** Reports that a key has no effect. */
    public void ignored(String key) {
        ignored.accept(ValuePath.join(path, key));
    }

    private static Object index(String step) {
        return Integer.valueOf(step.substring(0, step.length() - 1));
    }
}
