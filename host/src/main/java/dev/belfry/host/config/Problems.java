package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.logging.Redaction;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration. Faults are collected, so that an operator sees all of them at once. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    /** Repeats what was written, but no password of an address. */
    void add(String problem) {
        String shown = Redaction.ofProblem(problem);
        if (!found.contains(shown)) {
            found.add(shown);
        }
    }

    /** How many there are: more than before means that something was wrong since. */
    int count() {
        return found.size();
    }

    /** @throws ConfigurationException when there is any */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
