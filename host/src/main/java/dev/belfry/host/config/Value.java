package dev.belfry.host.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of configuration that remembers where it was written. */
sealed interface Value {

    Origin origin();

    /** Keys in the order in which they were written. */
    record Tree(Map<String, Value> children, Origin origin) implements Value {}

    record Items(List<Value> items, Origin origin) implements Value {}

    /** @param content string, long, double, boolean, or null */
    record Scalar(@Nullable Object content, Origin origin) implements Value {}

    /** For messages: what kind of thing stands there. Contents are left out, since they may be secret. */
    default String kind() {
        return switch (this) {
            case Tree tree -> "a map";
            case Items items -> "a list";
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
