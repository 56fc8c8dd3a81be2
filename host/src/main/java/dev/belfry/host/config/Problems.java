package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.logging.Redaction;
import java.util.ArrayList;
import java.util.List;

/** The problems of a configuration, collected so that an operator sees all of them at once, beside its notices. */
final class Problems {

    private final List<String> found = new ArrayList<>();
    private final Notices notices;

    Problems(Notices notices) {
        this.notices = notices;
    }

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

    /** Reports that a value can be used, but not as it is written. */
    void warn(SourceLocation location, String path, String message) {
        notices.warn(Redaction.ofProblem(location + ": " + path + ": " + message));
    }

    void inform(SourceLocation location, String path, String information) {
        notices.inform(Redaction.ofProblem(location + ": " + path + ": " + information));
    }

    /** Reports that a key of Backstage has no effect. */
    void ignore(String path) {
        notices.ignore(path);
    }

    /** Problems of an entry that can be left out. */
    Problems ofEntry() {
        return new Problems(notices);
    }

    /**
     * Reports the problems as warnings.
     *
     * @param consequence what happens because of them
     * @return whether there are any
     */
    boolean becomeWarnings(String consequence) {
        found.forEach(problem -> notices.warn(problem + ". " + consequence));
        return !found.isEmpty();
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
