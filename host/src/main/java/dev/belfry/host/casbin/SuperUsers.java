package dev.belfry.host.casbin;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.EntityRef;
import java.util.Optional;
import java.util.Set;

/** Allows these users everything, and asks {@code others} about everybody else. */
record SuperUsers(Set<EntityRef> users, Permissions others) implements Permissions {

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user && users.contains(user.ref())
                || others.allows(caller, pluginId, permission);
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return others.remedy(caller, pluginId, permission);
    }
}
