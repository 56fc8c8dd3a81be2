package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of the configuration, read key by key. {@link #close} reports the keys that were not read. A value of the
 * wrong type is reported and reads as absent, so that it does not hide the next problem.
 */
final class Section implements AutoCloseable {

    private final String path;
    private final Optional<Value.Tree> tree;
    private final Reading reading;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> meaningless = new HashSet<>();

    /**
     * State of one pass over the configuration.
     *
     * @param knownKeys paths of all keys that were read, with {@code []} for array items
     * @param ignored keys that have no effect
     */
    record Reading(Problems problems, Set<String> knownKeys, Set<String> ignored, Path workingDirectory) {}

    Section(String path, Optional<Value.Tree> tree, Reading reading) {
        this.path = path;
        this.tree = tree;
        this.reading = reading;
    }

    boolean isPresent() {
        return tree.isPresent();
    }

    String path() {
        return path;
    }

    /** The keys that are present, in the order of the file. */
    Set<String> keys() {
        return tree.map(present -> present.children().keySet()).orElse(Set.of());
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Optional<Value> value(String key) {
        asked.add(key);
        reading.knownKeys().add(pathOf(key));
        return tree.map(present -> present.children().get(key))
                .filter(value -> !(value instanceof Value.Scalar scalar && scalar.content() == null))
                .filter(value -> isResolved(key, value));
    }

    private boolean isResolved(String key, Value value) {
        if (value instanceof Value.Unresolved unresolved) {
            reading.problems().add(unresolved.location() + ": " + pathOf(key) + ": " + unresolved.reason());
            return false;
        }
        return true;
    }

    /** The raw value; does not mark the key as known. */
    @Nullable
    Value peek(String key) {
        return tree.map(present -> present.children().get(key)).orElse(null);
    }

    void problem(String key, String rule) {
        String where = Optional.ofNullable(peek(key))
                .map(Value::location)
                .or(() -> tree.map(Value.Tree::location))
                .map(location -> location + ": ")
                .orElse("");
        reading.problems().add(where + pathOf(key) + ": " + rule);
    }

    private <T> Optional<T> typed(String key, String rule, Function<Value, Optional<T>> read) {
        Optional<Value> value = value(key);
        Optional<T> result = value.flatMap(read);
        if (value.isPresent() && result.isEmpty()) {
            problem(key, "must be " + rule + ", not " + SecretMasking.shown(value.get(), pathOf(key)));
        }
        return result;
    }

    Optional<String> text(String key) {
        return typed(key, "a string", Section::asText);
    }

    Optional<String> required(String key) {
        Value written = peek(key);
        if (written == null || (written instanceof Value.Scalar scalar && scalar.content() == null)) {
            problem(key, "is required, and missing");
        }
        return text(key);
    }

    /** Numbers are accepted as strings: versions and names are often written without quotes. */
    static Optional<String> asText(Value value) {
        return value instanceof Value.Scalar scalar && scalar.content() != null
                ? Optional.of(String.valueOf(scalar.content()))
                : Optional.empty();
    }

    /** Strings are accepted as numbers: variables are always strings. */
    Optional<Long> number(String key, long min, long max) {
        Optional<Long> number = typed(key, "a whole number", value -> switch (value) {
            case Value.Scalar(Long content, SourceLocation location) -> Optional.of(content);
            case Value.Scalar(String content, SourceLocation location)
            when content.matches("-?\\d{1,18}") -> Optional.of(Long.valueOf(content));
            default -> Optional.empty();
        });
        if (number.filter(found -> found < min || found > max).isPresent()) {
            problem(key, "must be within " + min + " and " + max + ", not " + number.get());
            return Optional.empty();
        }
        return number;
    }

    Optional<Boolean> flag(String key) {
        return typed(key, "a boolean", value -> switch (value) {
            case Value.Scalar(Boolean content, SourceLocation location) -> Optional.of(content);
            case Value.Scalar(String content, SourceLocation location)
            when content.equals("true") || content.equals("false") -> Optional.of(Boolean.valueOf(content));
            default -> Optional.empty();
        });
    }

    /** A duration in ISO 8601, such as {@code PT10S}. */
    Optional<Duration> duration(String key) {
        return text(key).flatMap(text -> {
            try {
                return Optional.of(Duration.parse(text));
            } catch (DateTimeException e) {
                problem(key, "must be a duration such as PT10S, not '" + text + "'");
                return Optional.empty();
            }
        });
    }

    Optional<Duration> millis(String key) {
        return number(key, 0, Integer.MAX_VALUE).map(Duration::ofMillis);
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return text(key).flatMap(text -> {
            Optional<E> match = Arrays.stream(type.getEnumConstants())
                    .filter(constant -> constant.name().equalsIgnoreCase(text))
                    .findFirst();
            if (match.isEmpty()) {
                problem(
                        key,
                        "must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(constant -> constant.name().toLowerCase(java.util.Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + ", not '" + text + "'");
            }
            return match;
        });
    }

    /** A path, relative to the file that contains the value. */
    Optional<Path> file(String key) {
        return text(key).map(text -> locationOf(key).base().resolve(text).normalize());
    }

    SourceLocation locationOf(String key) {
        return value(key).map(Value::location).orElseThrow();
    }

    /** An array of strings; a single string counts as an array of one. */
    List<String> texts(String key) {
        return typed(key, "an array of strings", value -> {
                    if (value instanceof Value.Items items) {
                        List<Value> there = items.items().stream()
                                .filter(item -> isResolved(key, item))
                                .toList();
                        List<String> texts = there.stream()
                                .flatMap(item -> asText(item).stream())
                                .toList();
                        return texts.size() == there.size() ? Optional.of(texts) : Optional.empty();
                    }
                    return asText(value).map(List::of);
                })
                .orElse(List.of());
    }

    /** An array, or one string with words separated by commas or whitespace. */
    List<String> words(String key) {
        return texts(key).stream()
                .flatMap(text -> Arrays.stream(text.strip().split("[,\\s]+")))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    Section section(String key) {
        Optional<Value.Tree> inner = typed(
                key, "an object", value -> value instanceof Value.Tree found ? Optional.of(found) : Optional.empty());
        return new Section(pathOf(key), inner, reading);
    }

    /** An array of objects. */
    List<Section> sections(String key) {
        List<Value> items = typed(
                        key,
                        "an array",
                        value -> value instanceof Value.Items found ? Optional.of(found.items()) : Optional.empty())
                .orElse(List.of());
        List<Section> sections = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof Value.Tree inner) {
                sections.add(new Section(pathOf(key) + "[]", Optional.of(inner), reading));
            } else if (isResolved(key, item)) {
                problem(key, "must be an array of objects; one item is " + item.kind());
            }
        }
        return sections;
    }

    /** The objects below keys that the operator chooses. */
    Map<String, Section> named(String key) {
        Map<String, Section> named = new LinkedHashMap<>();
        Section outer = section(key);
        for (String name : outer.keys()) {
            named.put(name, outer.section(name));
        }
        outer.forgetNames();
        return named;
    }

    /** Keys that the operator chooses are not documented keys. */
    private void forgetNames() {
        asked.forEach(name -> reading.knownKeys().remove(pathOf(name)));
    }

    /** Backstage's keys that have no effect here. They are reported, but not as problems. */
    void ignore(String... names) {
        for (String name : names) {
            meaningless.add(name);
            if (keys().contains(name) && !asked.contains(name)) {
                reading.ignored().add(pathOf(name));
            }
        }
    }

    /** Reports every key that was not read. */
    @Override
    public void close() {
        for (String key : keys()) {
            if (!asked.contains(key) && !meaningless.contains(key)) {
                problem(key, unknown(key, asked));
            }
        }
    }

    /** The message for an unknown key. */
    static String unknown(String key, Set<String> known) {
        String near = ClosestName.of(key, known)
                .map(name -> "; did you mean '" + name + "'? allowed: ")
                .orElse("; allowed: ");
        return "unknown key" + near + String.join(", ", new TreeSet<>(known));
    }
}
