package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.DurationRange;
import dev.belfry.host.config.Key;
import java.time.Duration;

/**
 * {@code belfry.database}: limits of slow statements. Zero = never.
 *
 * @param slowQueryThreshold statements that take longer are logged and counted
 * @param timeout statements that take longer are canceled
 */
public record StatementSettings(
        @Default("PT0.5S") @DurationRange(min = MIN, max = MAX, orNever = true)
        Duration slowQueryThreshold,

        @Key("statementTimeout") @Default("PT30S") @DurationRange(min = MIN, max = MAX, orNever = true)
        Duration timeout) {

    /** The defaults. */
    public static final StatementSettings DEFAULT =
            new StatementSettings(Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final String MIN = "PT0.001S";

    /** In milliseconds, both databases accept it. */
    private static final String MAX = "PT24H";
}
