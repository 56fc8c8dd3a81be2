package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration. Faults are collected, so that an operator sees all of them at once. */
final class Faults {

    private final List<String> found = new ArrayList<>();

    void add(String fault) {
        if (!found.contains(fault)) {
            found.add(fault);
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
