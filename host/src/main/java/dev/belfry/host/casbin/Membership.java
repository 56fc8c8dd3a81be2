package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;

/**
 * A {@code g} line of a policy.
 *
 * @param member a user or a group
 * @param where file and line
 */
record Membership(EntityRef member, EntityRef role, String where) {}
