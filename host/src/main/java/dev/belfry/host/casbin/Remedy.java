package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;

/** The text that tells how an operator grants a user a permission. The user reads it. */
final class Remedy {

    private Remedy() {}

    static String linesOf(EntityRef user, Permission permission) {
        return "the lines 'p, role:default/<role>, " + permission.name() + ", "
                + permission.action().policyName() + ", allow' and 'g, " + user + ", role:default/<role>'";
    }
}
