package dev.belfry.host.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules that a section of the configuration must follow. */
public interface SectionRules {

    /** @param section objects, arrays, strings, numbers and booleans; nulls are omitted */
    List<Violation> violations(Map<String, Object> section);

    /** Whether the section is also bound to a record, which knows better whether a key may be absent. */
    boolean isBound();

    /** A violation of the rules. */
    sealed interface Violation {

        /** Keys, and indexes within arrays. */
        List<Object> path();
    }

    /** @param known the allowed keys */
    record UnknownKey(List<Object> path, Set<String> known) implements Violation {}

    /**
     * @param rule for the message, such as {@code must be at least 1}
     * @param shown whether the message shows the value
     */
    record UnmetRule(List<Object> path, String rule, boolean shown) implements Violation {}
}
