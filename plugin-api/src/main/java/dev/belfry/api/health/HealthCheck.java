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
     * @throws Exception if it is unhealthy; the message is the reason
     */
    void check() throws Exception;
}
