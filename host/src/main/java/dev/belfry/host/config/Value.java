package dev.belfry.host.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration that remembers where it was written. */
sealed interface Value {

    SourceLocation location();

    /** Keys in the order in which they were written. */
    record Tree(Map<String, Value> children, SourceLocation location) implements Value {}

    record Items(List<Value> items, SourceLocation location) implements Value {}

    /** @param content string, long, double, boolean, or null */
    record Scalar(@Nullable Object content, SourceLocation location) implements Value {}

    /**
     * Refers to something that is not there, such as an unset variable. That is a fault where the value is asked for, and
     * none where nobody asks: files are full of sections that are for other products.
     */
    record Unresolved(String reason, SourceLocation location) implements Value {}

    /** For messages: what kind of thing stands there. Contents are left out, since they may be secret. */
    default String kind() {
        return switch (this) {
            case Tree tree -> "a map";
            case Items items -> "a list";
            case Unresolved unresolved -> "unresolved";
            case Scalar scalar ->
                switch (scalar.content()) {
                    case null -> "nothing";
                    case String text -> "a text";
                    case Boolean flag -> "true or false";
                    default -> "a number";
                };
        };
    }
}
