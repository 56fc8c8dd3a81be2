package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;

/**
 * A user or group, as a file describes it.
 *
 * @param memberOf groups of a user
 * @param members users of a group
 * @param parents parent groups of a group
 * @param children child groups of a group
 */
record Entity(
        EntityRef ref,
        List<EntityRef> memberOf,
        List<EntityRef> members,
        List<EntityRef> parents,
        List<EntityRef> children) {}
