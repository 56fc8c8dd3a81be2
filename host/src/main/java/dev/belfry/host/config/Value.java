package dev.belfry.host.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A configuration value with its source location. */
sealed interface Value {

    SourceLocation location();

    /** Keys in the order of the file. */
    record Tree(Map<String, Value> children, SourceLocation location) implements Value {}

    /** @param positions of the items where they are written, if they come from several arrays; otherwise empty */
    record Items(List<Value> items, SourceLocation location, List<Integer> positions) implements Value {
        Items(List<Value> items, SourceLocation location) {
            this(items, location, List.of());
        }

        /** The position of an item for people. */
        int position(int index) {
            return positions.isEmpty() ? index : positions.get(index);
        }
    }

    /** @param content string, long, double, boolean, or null */
    record Scalar(@Nullable Object content, SourceLocation location) implements Value {}

    /**
     * A reference that cannot be resolved, such as an unset variable. It is a problem only if the value is read: files
     * contain sections for other products.
     *
     * @param isUnset whether it is a variable that is not set; an optional key then counts as absent
     */
    record Unresolved(String reason, boolean isUnset, SourceLocation location) implements Value {

        Unresolved(String reason, SourceLocation location) {
            this(reason, false, location);
        }

        static Unresolved unset(String reason, SourceLocation location) {
            return new Unresolved(reason, true, location);
        }

        String asAbsent() {
            return reason + "; the key counts as absent";
        }
    }

    /** Whether the other value means the same, wherever it is written. */
    default boolean isSameAs(@Nullable Value other) {
        return switch (this) {
            case Tree tree -> other instanceof Tree another && isSame(tree.children(), another.children());
            case Items items -> other instanceof Items another && isSame(items.items(), another.items());
            case Scalar scalar ->
                other instanceof Scalar another
                        && Objects.equals(scalar.content(), another.content())
                        // Paths are relative to it.
                        && scalar.location().base().equals(another.location().base());
            case Unresolved open ->
                other instanceof Unresolved another && open.reason().equals(another.reason());
        };
    }

    private static boolean isSame(Map<String, Value> one, Map<String, Value> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(child -> child.getValue().isSameAs(other.get(child.getKey())));
    }

    private static boolean isSame(List<Value> one, List<Value> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> one.get(i).isSameAs(other.get(i)));
    }

    /** Whether the value is an empty one, which counts as absent. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.content() == null;
    }

    /** The text of a scalar. Numbers count as strings: versions and names are often written without quotes. */
    default Optional<String> text() {
        return this instanceof Scalar scalar && scalar.content() != null
                ? Optional.of(String.valueOf(scalar.content()))
                : Optional.empty();
    }

    /** The type of the value, for messages that must not show the value. */
    default String kind() {
        return switch (this) {
            case Tree tree -> "an object";
            case Items items -> "an array";
            case Unresolved unresolved -> "unresolved";
            case Scalar scalar ->
                switch (scalar.content()) {
                    case null -> "null";
                    case String text -> text.isEmpty() ? "an empty string" : "a string";
                    case Boolean flag -> "a boolean";
                    default -> "a number";
                };
        };
    }
}
