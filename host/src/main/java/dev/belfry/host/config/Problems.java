package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.logging.Redaction;
import java.util.ArrayList;
import java.util.List;

/** The problems of a configuration, collected so that an operator sees all of them at once. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    /** Passwords in URLs are masked. */
    void add(String problem) {
        String shown = Redaction.ofProblem(problem);
        if (!found.contains(shown)) {
            found.add(shown);
        }
    }

    /** @param rule the rule that the value at the path violates */
    void add(SourceLocation location, String path, String rule) {
        add(location + ": " + path + ": " + rule);
    }

    /** The number of problems so far. */
    int count() {
        return found.size();
    }

    /** @throws ConfigurationException when there are problems */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }
}
