package dev.belfry.api.health;

/**
 * Checks whether a plugin works.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Returns if the plugin is healthy.
     *
     * @throws Exception if it is unhealthy; the message is the reason, for the log and for callers who may see plugins. Everybody sees the
     *     name of the check, at {@code /readyz}
     */
    void check() throws Exception;
}
