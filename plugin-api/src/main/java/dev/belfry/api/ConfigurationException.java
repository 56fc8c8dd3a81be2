package dev.belfry.api;

import java.util.List;

/**
 * The configuration is invalid. Each problem names the file, the key, the value and the allowed values; secret values are left
 * out.
 *
 * @since 0.1
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults one sentence for each problem, at least one */
    public ConfigurationException(List<String> faults) {
        super(String.join("\n", faults));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("faults must not be empty");
        }
        this.faults = List.copyOf(faults);
    }

    /** All problems, in the order in which they were found; never empty. */
    public List<String> faults() {
        return faults;
    }
}
