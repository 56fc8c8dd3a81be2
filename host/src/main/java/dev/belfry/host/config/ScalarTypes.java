package dev.belfry.host.config;

import dev.belfry.api.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The scalar types of configuration records: their names in messages, and their parsers. */
final class ScalarTypes {

    /** @param parse from the text, and the file that paths are relative to */
    private record Kind(String rule, BiFunction<String, SourceLocation, Object> parse) {}

    private static final Kind TRUTH = new Kind("a boolean", (text, location) -> Booleans.parse(text));
    private static final Kind INT = new Kind("a whole number", (text, location) -> Integer.valueOf(text));
    private static final Kind LONG = new Kind("a whole number", (text, location) -> Long.valueOf(text));
    private static final Kind DOUBLE = new Kind("a number", (text, location) -> Double.valueOf(text));

    /** Types of the JDK and of the plugin API only: an entry for a plugin's class would keep its class loader from being unloaded. */
    private static final Map<Class<?>, Kind> KINDS = Map.ofEntries(
            Map.entry(String.class, new Kind("a string", (text, location) -> text)),
            Map.entry(Secret.class, new Kind("a string", (text, location) -> Secret.of(text))),
            Map.entry(boolean.class, TRUTH),
            Map.entry(Boolean.class, TRUTH),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(Duration.class, new Kind(DurationText.RULE, (text, location) -> DurationText.parse(text))),
            Map.entry(Period.class, new Kind("a period such as P30D", (text, location) -> Period.parse(text))),
            Map.entry(Path.class, new Kind("a path", (text, location) -> location.resolve(text))),
            Map.entry(URI.class, new Kind("a URL", (text, location) -> URI.create(text))));

    private ScalarTypes() {}

    /** @throws IllegalArgumentException when no configuration value can have this type */
    static String rule(String path, Class<?> type) {
        if (type.isEnum()) {
            return oneOf(names(type));
        }
        Kind kind = KINDS.get(type);
        if (kind == null) {
            throw unsupported(path, type);
        }
        return kind.rule();
    }

    private static String oneOf(List<String> names) {
        return names.size() == 1 ? "'" + names.getFirst() + "'" : "one of " + String.join(", ", names);
    }

    /** The constants of an enum as they are usually written. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** @return empty when the text does not fit the type */
    static Optional<Object> parse(Class<?> type, String text, SourceLocation location) {
        if (type.isEnum()) {
            return Arrays.<Object>stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text.replace('-', '_')))
                    .findFirst();
        }
        try {
            return Optional.ofNullable(KINDS.get(type)).map(kind -> kind.parse().apply(text, location));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static IllegalArgumentException unsupported(String path, Class<?> type) {
        return new IllegalArgumentException("the record's component for '" + path + "' is a " + type.getName()
                + ", which no configuration value can be");
    }
}
