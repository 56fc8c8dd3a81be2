package dev.belfry.host.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values that an application sets in its code, by dotted path. They mean what they say: nothing in them is substituted. */
final class CodeValues {

    private static final String SOURCE = "set in code";

    private final SourceLocation location;

    private CodeValues(SourceLocation location) {
        this.location = location;
    }

    /**
     * @param values by dotted path, such as {@code backend.listen.port}
     * @param defaults relative paths refer to its folder
     * @throws IllegalArgumentException naming the path of a value whose class no configuration value has
     */
    static Value.Tree in(Map<String, Object> values, SourceLocation defaults) {
        CodeValues code = new CodeValues(defaults.as(SOURCE));
        Value.Tree all = new Value.Tree(Map.of(), defaults);
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            List<String> keys = List.of(entry.getKey().split("\\.", -1));
            if (keys.contains("")) {
                throw new IllegalArgumentException("the path '" + entry.getKey()
                        + "' must be keys with one dot between them, such as backend.listen.port");
            }
            all = ConfigMerge.over(all, code.nested(keys, code.value(entry.getKey(), entry.getValue())));
        }
        return all;
    }

    private Value.Tree nested(List<String> keys, Value value) {
        Value inner = keys.size() == 1 ? value : nested(keys.subList(1, keys.size()), value);
        return new Value.Tree(Map.of(keys.getFirst(), inner), location);
    }

    private Value value(String path, @Nullable Object content) {
        return switch (content) {
            case null -> new Value.Scalar(null, location);
            case Map<?, ?> map -> tree(path, map);
            case List<?> list -> items(path, list);
            case Set<?> set -> items(path, new TreeSet<>(set));
            default -> new Value.Scalar(scalar(path, content), location);
        };
    }

    private Value tree(String path, Map<?, ?> map) {
        Map<String, Value> children = new LinkedHashMap<>();
        map.forEach((key, value) -> children.put(String.valueOf(key), value(path + "." + key, value)));
        return new Value.Tree(children, location);
    }

    private Value items(String path, Iterable<?> elements) {
        List<Value> items = new ArrayList<>();
        elements.forEach(element -> items.add(value(path + "[" + items.size() + "]", element)));
        return new Value.Items(items, location);
    }

    private static Object scalar(String path, Object content) {
        return switch (content) {
            case String text -> text;
            case Boolean flag -> flag;
            case Integer number -> number.longValue();
            case Long number -> number;
            case Double number -> number;
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Path file -> file.toString();
            case Duration _, URI _ -> content.toString();
            default ->
                throw new IllegalArgumentException(
                        path + ": a configuration value cannot be a "
                                + content.getClass().getName()
                                + "; it can be a String, Integer, Long, Double, Boolean, Path, Duration, URI, Enum, List, Set or Map");
        };
    }
}
