package dev.belfry.api.access;

/**
 * Port that authorizes callers.
 *
 * <p>The built-in adapters check users against the policy and service callers against their restrictions.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Permissions {

    /**
     * Whether {@code caller} has {@code permission} of the plugin {@code pluginId}.
     *
     * @return false unless a rule allows it
     */
    boolean allows(Caller caller, String pluginId, Permission permission);
}
