package dev.belfry.host.casbin;

import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import java.io.File;

/**
 * A {@code p} line of a policy.
 *
 * @param subject a role; a rule may also name a user or a group directly
 * @param allow false = deny
 * @param where file and line, or the key of the configuration
 */
record PolicyRule(EntityRef subject, Permission permission, boolean allow, String where) {

    /** {@link #where} for the caller, who must not learn the folder. */
    String place() {
        return where.substring(where.lastIndexOf(File.separatorChar) + 1);
    }
}
