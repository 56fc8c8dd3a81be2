package dev.belfry.host.casbin;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import java.util.Optional;

/** As with Backstage, users may do what plugins offer while the configuration says nothing. Managing the host is more. */
final class WithoutPolicy implements Permissions {

    static final String WARNING =
            "permission.enabled is not set: every signed-in user may do whatever the plugins offer, and only"
                    + " super users may manage the host (host.*). To decide who may what, write a policy file, and set"
                    + " permission.enabled: true and permission.rbac.policies-csv-file; from then on users may do only what"
                    + " the file allows";

    private static final String HOST = "host";

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User
                && !pluginId.equals(HOST)
                && !permission.name().startsWith(HOST + ".");
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user
                ? Optional.of("Managing the host needs a permission policy: set permission.enabled: true, and"
                        + " permission.rbac.policies-csv-file to a file with "
                        + Remedy.linesOf(user.ref(), permission)
                        + ". From then on, users may do only what the file allows.")
                : Optional.empty();
    }
}
