package dev.belfry.host.casbin;

import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.access.Permissions;
import dev.belfry.host.access.DeclaredPermissions;
import java.util.Optional;

/** Signed-in users have the permissions that plugins grant by default: those for the users' own data. */
final class BuiltInPolicy implements Permissions {

    static final String WARNING =
            "permission.rbac.policies-csv-file is not set: the built-in policy is in force. Signed-in users"
                    + " may reach their own data, such as their inbox, and nothing else. To allow more, write a policy file, and"
                    + " set permission.rbac.policies-csv-file; from then on users may do only what the file allows";

    private final DeclaredPermissions declared;

    BuiltInPolicy(DeclaredPermissions declared) {
        this.declared = declared;
    }

    @Override
    public boolean allows(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User && declared.isGrantedByDefault(pluginId, permission);
    }

    @Override
    public Optional<String> remedy(Caller caller, String pluginId, Permission permission) {
        return caller instanceof Caller.User user
                ? Optional.of(
                        "The built-in policy does not allow it. To allow it, set permission.rbac.policies-csv-file to a"
                                + " file with " + Remedy.linesOf(user.ref(), permission)
                                + Remedy.whatUsersHave(
                                        "since the file replaces the built-in policy", declared.grantedByDefault())
                                + ".")
                : Optional.empty();
    }
}
