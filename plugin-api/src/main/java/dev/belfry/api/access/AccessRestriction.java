package dev.belfry.api.access;

import java.util.Set;

/**
 * A limit on the access of a service caller, from {@code backend.auth.externalAccess[].accessRestrictions[]} as in
 * Backstage.
 *
 * @param plugin id of the plugin
 * @param permissions names of permissions; empty = all of that plugin
 * @param actions actions of permissions; empty = all
 * @since 0.1
 */
public record AccessRestriction(String plugin, Set<String> permissions, Set<Permission.Action> actions) {

    public AccessRestriction {
        permissions = Set.copyOf(permissions);
        actions = Set.copyOf(actions);
    }
}
