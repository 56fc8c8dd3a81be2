package dev.belfry.host.config;

import java.util.Optional;
import java.util.Set;

/** Where a record reports what is wrong with its values, or what the operator should know of them. */
public final class Checks {

    private final String path;
    private final Value.Tree tree;
    private final Problems problems;

    Checks(String path, Value.Tree tree, Problems problems) {
        this.path = path;
        this.tree = tree;
        this.problems = problems;
    }

    /**
     * Reports a problem with the file and the line of the key, or of the nearest object around it.
     *
     * @param key relative to the record, such as {@code plugins[0].integrity}
     * @param rule the rule that is violated
     */
    public void fault(String key, String rule) {
        problems.add(place(key), shown(key), masked(key, rule));
    }

    /**
     * Reports a key that does not exist.
     *
     * @param known the keys that could be in its place
     */
    public void unknownKey(String key, Set<String> known) {
        String name = key.substring(key.lastIndexOf('.') + 1);
        new UnknownKeys(problems).report(place(key), shown(key), name, known);
    }

    /** Reports that a key is used otherwise than it says, or not at all. */
    public void warn(String key, String message) {
        problems.warn(place(key), shown(key), masked(key, message));
    }

    /** Reports what an operator may want to know. */
    public void inform(String key, String information) {
        problems.inform(place(key), shown(key), information);
    }

    /** Whether the record's object has this key. */
    public boolean isWritten(String key) {
        return ValuePath.at(tree, key) != null;
    }

    /** The text of a string or number. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(ValuePath.at(tree, key)).flatMap(Value::text);
    }

    private String masked(String key, String message) {
        Value value = ValuePath.at(tree, key);
        return value == null ? message : SecretMasking.masked(message, value);
    }

    private String shown(String key) {
        return ValuePath.shown(path, tree, key);
    }

    private SourceLocation place(String key) {
        return ValuePath.place(tree, key);
    }

    /** Reports that a key has no effect. */
    public void ignored(String key) {
        problems.ignore(shown(key));
    }
}
