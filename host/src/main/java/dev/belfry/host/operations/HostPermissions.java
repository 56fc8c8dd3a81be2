package dev.belfry.host.operations;

import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permission.Action;
import java.util.Map;
import java.util.Set;

/** The permissions of the host's own routes. */
public final class HostPermissions {

    static final Permission READ_PLUGINS = new Permission("host.plugins.read", Action.READ);
    static final Permission UPDATE_PLUGINS = new Permission("host.plugins.update", Action.UPDATE);
    static final Permission READ_METRICS = new Permission("host.metrics.read", Action.READ);

    static final Permission READ_USERS = new Permission("host.users.read", Action.READ);

    /** As Backstage's catalog names it. */
    static final Permission READ_ENTITIES = new Permission("catalog.entity.read", Action.READ);

    private HostPermissions() {}

    /** By the id that the host's endpoints have in the place of a plugin's. */
    public static Map<String, Set<Permission>> all() {
        return Map.of(
                "host",
                Set.of(READ_PLUGINS, UPDATE_PLUGINS, READ_METRICS, READ_USERS),
                "catalog",
                Set.of(READ_ENTITIES),
                "auth",
                Set.of());
    }
}
