package dev.belfry.host.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Arrays that may be written as one string: {@link OneOrMore} and {@link Words}. */
final class Strings {

    private Strings() {}

    /** @return empty when the value is not an array, nor a string that stands for one */
    static Optional<List<Value>> items(Value value, RecordComponent component) {
        boolean areWords = component.isAnnotationPresent(Words.class);
        List<Value> items;
        if (value instanceof Value.Items array) {
            items = array.items();
        } else if (value instanceof Value.Scalar && (areWords || component.isAnnotationPresent(OneOrMore.class))) {
            items = List.of(value);
        } else {
            return Optional.empty();
        }
        return Optional.of(areWords ? words(items) : items);
    }

    /** The words of strings that are separated by commas or whitespace. */
    static List<Value> words(List<Value> items) {
        List<Value> words = new ArrayList<>();
        for (Value item : items) {
            if (item instanceof Value.Scalar scalar) {
                Arrays.stream(scalar.text().orElse("").strip().split("[,\\s]+"))
                        .filter(word -> !word.isEmpty())
                        .map(word -> new Value.Scalar(word, scalar.location()))
                        .forEach(words::add);
            } else {
                words.add(item);
            }
        }
        return words.stream().distinct().toList();
    }
}
