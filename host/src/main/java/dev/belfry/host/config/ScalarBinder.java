package dev.belfry.host.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds single strings, numbers and booleans, and what is made of a string. */
final class ScalarBinder {

    private final Problems problems;

    ScalarBinder(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Object read(String path, Value value, Class<?> type, RecordComponent component) {
        NumberOf unit = component.getAnnotation(NumberOf.class);
        Class<?> written = unit == null ? type : long.class;
        String rule = ScalarTypes.rule(path, written);
        if (written == Duration.class && isOff(value) && canBeOff(component)) {
            return null;
        }
        if (written == Path.class && value.text().filter(NamedFile::isBelowHome).isPresent()) {
            problems.add(value.location(), path, NamedFile.NO_HOME);
            return null;
        }
        Optional<? extends Object> parsed = parsed(value, written, component);
        if (parsed.isEmpty()) {
            return written == Duration.class && value instanceof Value.Tree tree && reported(path, tree)
                    ? null
                    : unfit(path, value, rule);
        }
        Optional<String> violated = Bounds.violated(component, parsed.get());
        if (violated.isPresent()) {
            problems.add(value.location(), path, violated.get() + ", not " + parsed.get());
            return null;
        }
        return unit == null ? parsed.get() : Duration.of((Long) parsed.get(), unit.value());
    }

    /** Reports each part of a duration that is wrong. */
    private boolean reported(String path, Value.Tree duration) {
        int before = problems.count();
        duration.children()
                .forEach((key, part) -> DurationText.violated(key, part)
                        .ifPresent(rule -> problems.add(part.location(), ValuePath.join(path, key), rule)));
        return problems.count() > before;
    }

    static boolean canBeOff(RecordComponent component) {
        return component.getType() == Map.class ? hasOptionalValues(component) : !RecordKeys.isRequired(component);
    }

    /** An entry that is off differs from none. */
    private static boolean hasOptionalValues(RecordComponent map) {
        return ((ParameterizedType) map.getGenericType()).getActualTypeArguments()[1] instanceof ParameterizedType value
                && value.getRawType() == Optional.class;
    }

    /** Backstage disables some functions by {@code false} in place of a duration. */
    private static boolean isOff(Value value) {
        return value instanceof Value.Scalar scalar && Boolean.FALSE.equals(scalar.content());
    }

    private static Optional<? extends Object> parsed(Value value, Class<?> type, RecordComponent component) {
        if (type == Duration.class && value instanceof Value.Tree tree) {
            return DurationText.of(tree);
        }
        return value.text().flatMap(text -> ScalarTypes.parse(type, text, value.location()));
    }

    /** Makes an object from the text. */
    @Nullable
    Object made(String path, Value value, TextFactory factory) {
        if (value instanceof Value.Items array) {
            for (Value item : array.items()) {
                if (item instanceof Value.Unresolved unresolved) {
                    problems.add(unresolved.location(), path, unresolved.reason());
                    return null;
                }
            }
        }
        if (factory.takesWords()) {
            return madeOfWords(path, value, factory);
        }
        try {
            return factory.make(text(value), value.location());
        } catch (IllegalArgumentException e) {
            return unfit(path, value, factory.rule());
        }
    }

    private @Nullable Object madeOfWords(String path, Value value, TextFactory factory) {
        List<Value> words = Strings.words(value instanceof Value.Items array ? array.items() : List.of(value));
        Optional<Value> noWord =
                words.stream().filter(word -> word.text().isEmpty()).findFirst();
        if (noWord.isPresent()) {
            return unfit(path, noWord.get(), factory.rule());
        }
        try {
            return factory.make(words.stream().map(ScalarBinder::text).toList(), value.location());
        } catch (RefusedWord refused) {
            Optional<Value> word = words.stream()
                    .filter(other -> text(other).equals(refused.word()))
                    .findFirst();
            return unfit(path, word.orElse(value), factory.rule());
        } catch (IllegalArgumentException e) {
            return unfit(path, value, factory.rule());
        }
    }

    private static String text(Value value) {
        return value.text().orElseThrow(() -> new IllegalArgumentException("is " + value.kind()));
    }

    @Nullable
    Object unfit(String path, Value value, String rule) {
        problems.add(value.location(), path, "must be " + rule + ", not " + SecretMasking.shown(value, path));
        return null;
    }
}
