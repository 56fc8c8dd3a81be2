package dev.belfry.host.settings;

import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.Permission;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.Words;
import java.util.Set;
import java.util.function.Supplier;

/** The keys of {@code accessRestrictions[]}. */
record AccessRestrictionKeys(
        String plugin,
        @Restriction @Words Set<String> permission,

        @Restriction @Key("permissionAttribute.action") @Words
        Set<Permission.Action> actions)
        implements Supplier<AccessRestriction> {

    @Override
    public AccessRestriction get() {
        return new AccessRestriction(plugin, permission, actions);
    }
}
