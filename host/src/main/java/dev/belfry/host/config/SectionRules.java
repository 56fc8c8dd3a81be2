package dev.belfry.host.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a section of the configuration must keep to. */
public interface SectionRules {

    /** @param section maps, lists, texts, numbers and booleans; what is there with no value is left out */
    List<Violation> violations(Map<String, Object> section);

    /** What does not keep to them. */
    sealed interface Violation {

        /** Keys and, within lists, positions. */
        List<Object> path();
    }

    /** @param known the keys that are allowed there */
    record UnknownKey(List<Object> path, Set<String> known) implements Violation {}

    /**
     * @param rule for people, such as {@code must be at least 1}
     * @param shown whether the message says what stands there
     */
    record UnmetRule(List<Object> path, String rule, boolean shown) implements Violation {}
}
