package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;

/**
 * A user or a group as a file describes it.
 *
 * @param memberOf groups that a user names
 * @param members users that a group names
 * @param parents groups that a group names as its parent
 * @param children groups that a group names as its children
 */
record Entity(
        EntityRef ref,
        List<EntityRef> memberOf,
        List<EntityRef> members,
        List<EntityRef> parents,
        List<EntityRef> children) {}
