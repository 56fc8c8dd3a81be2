package dev.belfry.plugins.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The key {@code schedule} of a plugin's section.
 *
 * @param frequency time between two reads; default 10 minutes
 * @param timeout the longest time for one read; default 5 minutes
 * @param initialDelay accepted, as in Backstage; the first read is at the start
 * @param scope accepted, as in Backstage; each host reads
 */
public record Schedule(
        @Nullable Duration frequency,
        @Nullable Duration timeout,
        @Nullable Duration initialDelay,
        @Nullable String scope) {

    /** The defaults. */
    public static final Schedule DEFAULT = new Schedule(null, null, null, null);

    private static final Duration DEFAULT_FREQUENCY = Duration.ofMinutes(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration MIN = Duration.ofSeconds(1);

    public Schedule {
        requireAtLeast("frequency", frequency);
        requireAtLeast("timeout", timeout);
    }

    private static void requireAtLeast(String key, @Nullable Duration duration) {
        if (duration != null && duration.compareTo(MIN) < 0) {
            throw new IllegalArgumentException(key + " must be " + MIN + " or more, not " + duration);
        }
    }

    public Duration frequencyOrDefault() {
        return frequency == null ? DEFAULT_FREQUENCY : frequency;
    }

    public Duration timeoutOrDefault() {
        return timeout == null ? DEFAULT_TIMEOUT : timeout;
    }
}
