package dev.belfry.host.settings;

import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Permission;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.KeyPlace;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.Words;
import java.util.Set;

/**
 * The keys of {@code accessRestrictions[]}.
 *
 * @param permissions names of permissions; empty = all
 * @param actions empty = all
 * @param place where it is written
 */
public record AccessRestrictionKeys(
        String plugin,
        @Restriction @Key("permission") @Words Set<String> permissions,

        @Restriction @Key("permissionAttribute.action") @Words
        Set<Permission.Action> actions,

        KeyPlace place) {

    AccessRestriction restriction() {
        return new AccessRestriction(plugin, permissions, actions);
    }
}
