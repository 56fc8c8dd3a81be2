package dev.belfry.host.casbin;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The groups of a user and all groups above them: a role of a group is a role of everybody below it. */
final class GroupsAbove {

    private GroupsAbove() {}

    /** @return also the user itself */
    static Set<EntityRef> of(EntityRef user, Catalog catalog) {
        Set<EntityRef> names = new HashSet<>(catalog.groupsOf(user));
        Deque<EntityRef> open = new ArrayDeque<>(names);
        // Groups may be each other's parents by mistake, so each is visited once.
        while (!open.isEmpty()) {
            for (EntityRef parent : catalog.parentsOf(open.pop())) {
                if (names.add(parent)) {
                    open.push(parent);
                }
            }
        }
        names.add(user);
        return names;
    }
}
