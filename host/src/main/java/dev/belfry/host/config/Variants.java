package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The records of a sealed interface, by {@link Variant}.
 *
 * @param records in the order of their declaration
 */
record Variants(Map<String, Class<?>> records) {

    static Variants of(Class<?> sealed) {
        Map<String, Class<?>> records = new LinkedHashMap<>();
        for (Class<?> record : sealed.getPermittedSubclasses()) {
            for (String name : record.getAnnotation(Variant.class).value()) {
                records.put(name, record);
            }
        }
        return new Variants(records);
    }

    /** @param type empty when the key is absent */
    Optional<Class<?>> ofType(Optional<String> type) {
        Class<?> found = records.get(type.orElse(Variant.ABSENT));
        return Optional.ofNullable(found == null && type.isPresent() ? records.get(Variant.OTHER) : found);
    }

    String rule() {
        return "one of "
                + records.keySet().stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
    }
}
