package dev.belfry.api.access;

/**
 * Port: may they?
 *
 * <p>The built-in adapters decide users by the policy and service callers by their restrictions.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Permissions {

    /**
     * Whether {@code caller} may use {@code permission} of the plugin {@code pluginId}.
     *
     * @return false when nothing says otherwise
     */
    boolean allows(Caller caller, String pluginId, Permission permission);
}
