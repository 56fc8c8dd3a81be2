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
            case Tree _ -> "a map";
            case Items _ -> "a list";
            case Scalar(String _, _) -> "a text";
            case Scalar(Long _, _), Scalar(Double _, _) -> "a number";
            case Scalar(Boolean _, _) -> "true or false";
            case Scalar _ -> "nothing";
        };
    }
}
