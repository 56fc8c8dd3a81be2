package dev.belfry.api.access;

import java.util.Optional;

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

    /**
     * The change by an operator with which {@code caller} gets {@code permission}, which {@link #allows} denies. The host appends it to
     * the message of a 403, so the caller reads it: it must not tell which roles or permissions other callers have.
     *
     * @return one or more sentences; empty if this adapter cannot say
     * @since 0.2
     */
    default Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return Optional.empty();
    }
}
