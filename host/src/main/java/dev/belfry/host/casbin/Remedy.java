package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.stream.Collectors;

/** The text that tells how an operator grants a user a permission. The user reads it. */
final class Remedy {

    private Remedy() {}

    /** The lines of a file that keep the permissions that plugins grant by default. */
    static String whatUsersHave(String reason, List<Permission> granted) {
        return granted.isEmpty()
                ? ""
                : ", and, " + reason + ", "
                        + granted.stream()
                                .map(permission -> "'p, role:default/authenticated, " + permission.name() + ", "
                                        + permission.action().policyName() + ", allow'")
                                .collect(Collectors.joining(" and "));
    }

    static String linesOf(EntityRef user, Permission permission) {
        String role = "role:default/" + permission.name().replace('.', '-') + "-"
                + permission.action().policyName();
        return "the lines 'p, " + role + ", " + permission.name() + ", "
                + permission.action().policyName() + ", allow' and 'g, " + user + ", " + role + "'";
    }
}
