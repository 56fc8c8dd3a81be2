package dev.belfry.api.health;

/**
 * Asks whether a plugin can do its work now.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Returns when all is well.
     *
     * @throws Exception when not; its message is the reason
     */
    void check() throws Exception;
}
