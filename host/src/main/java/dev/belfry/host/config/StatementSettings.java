package dev.belfry.host.config;

import java.time.Duration;

/**
 * {@code belfry.database}: what becomes of statements that take long. Zero is never.
 *
 * @param slowQueryThreshold after which a statement is logged and counted as slow
 * @param timeout after which it is cut off
 */
public record StatementSettings(Duration slowQueryThreshold, Duration timeout) {

    /** Where the configuration says nothing. */
    public static final StatementSettings DEFAULT =
            new StatementSettings(Duration.ofMillis(500), Duration.ofSeconds(30));
}
