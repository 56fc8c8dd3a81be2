package dev.belfry.host.casbin;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.host.access.DeclaredPermissions;
import java.util.Optional;

/**
 * As with Backstage, users may do what plugins offer while the configuration says nothing. Managing the host is more, and so is what
 * plugins withhold.
 */
final class WithoutPolicy implements Permissions {

    static final String WARNING =
            "permission.enabled is not set: every signed-in user may do whatever the plugins offer, and only"
                    + " super users may manage the host (host.*) and do what plugins withhold. To decide who may what, write"
                    + " a policy file, and set permission.enabled: true and permission.rbac.policies-csv-file; from then on"
                    + " users may do only what the file allows";

    private static final String HOST = "host";

    private final DeclaredPermissions declared;

    WithoutPolicy(DeclaredPermissions declared) {
        this.declared = declared;
    }

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User
                && !isOfHost(pluginId, permission)
                && !declared.isWithheldByDefault(pluginId, permission);
    }

    private static boolean isOfHost(String pluginId, Permission permission) {
        return pluginId.equals(HOST) || permission.name().startsWith(HOST + ".");
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user
                ? Optional.of((isOfHost(pluginId, permission) ? "Managing the host" : "This")
                        + " needs a permission policy: set permission.enabled: true, and"
                        + " permission.rbac.policies-csv-file to a file with "
                        + Remedy.linesOf(user.ref(), permission)
                        + ". From then on, users may do only what the file allows.")
                : Optional.empty();
    }
}
