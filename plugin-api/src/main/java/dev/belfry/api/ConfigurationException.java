package dev.belfry.api;

import java.util.List;

/**
 * The configuration is wrong. Each fault says file, path of the key, what was found and what is allowed; values of secrets
 * are never repeated.
 *
 * @since 0.1
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults one sentence a fault, at least one */
    public ConfigurationException(List<String> faults) {
        super(String.join("\n", faults));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("faults must not be empty");
        }
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order in which they were found; never empty. */
    public List<String> faults() {
        return faults;
    }
}
