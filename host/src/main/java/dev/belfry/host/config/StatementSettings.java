package dev.belfry.host.config;

import java.time.Duration;

/**
 * {@code belfry.database}: limits of slow statements. Zero = never.
 *
 * @param slowQueryThreshold statements that take longer are logged and counted
 * @param timeout statements that take longer are canceled
 */
public record StatementSettings(Duration slowQueryThreshold, Duration timeout) {

    /** The defaults. */
    public static final StatementSettings DEFAULT =
            new StatementSettings(Duration.ofMillis(500), Duration.ofSeconds(30));
}
