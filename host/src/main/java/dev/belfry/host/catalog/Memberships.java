package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An immutable state of the catalog: the entities and their group memberships. */
final class Memberships {

    private final Set<EntityRef> entities;
    private final long users;
    private final Map<EntityRef, Set<EntityRef>> groups;
    private final Map<EntityRef, Set<EntityRef>> parents;

    private Memberships(
            Set<EntityRef> entities, Map<EntityRef, Set<EntityRef>> groups, Map<EntityRef, Set<EntityRef>> parents) {
        this.entities = Collections.unmodifiableSet(entities);
        this.users = entities.stream()
                .filter(entity -> entity.kind().equals(EntityRef.USER))
                .count();
        this.groups = groups;
        this.parents = parents;
    }

    /** @param nested whether members of a group are also members of the group's parents */
    static Memberships of(List<Entity> entities, boolean nested) {
        Set<EntityRef> known = HashSet.newHashSet(entities.size());
        entities.forEach(entity -> known.add(entity.ref()));
        Map<EntityRef, Set<EntityRef>> direct = HashMap.newHashMap(entities.size());
        Map<EntityRef, Set<EntityRef>> parents = new HashMap<>();
        for (Entity entity : entities) {
            entity.memberOf().forEach(group -> add(direct, entity.ref(), group, known));
            entity.members().forEach(user -> add(direct, user, entity.ref(), known));
            entity.parents().forEach(parent -> add(parents, entity.ref(), parent, known));
            entity.children().forEach(child -> add(parents, child, entity.ref(), known));
        }
        if (nested) {
            direct.replaceAll((user, groups) -> withParents(groups, parents));
        }
        direct.replaceAll((user, groups) -> Set.copyOf(groups));
        parents.replaceAll((group, above) -> Set.copyOf(above));
        return new Memberships(known, direct, parents);
    }

    /** A group that does not exist has no members. */
    private static void add(Map<EntityRef, Set<EntityRef>> map, EntityRef from, EntityRef group, Set<EntityRef> known) {
        if (known.contains(group)) {
            map.computeIfAbsent(from, ref -> new LinkedHashSet<>(4)).add(group);
        }
    }

    /** Groups may be each other's parents by mistake, so each is visited once. */
    private static Set<EntityRef> withParents(Set<EntityRef> groups, Map<EntityRef, Set<EntityRef>> parents) {
        Set<EntityRef> all = new LinkedHashSet<>(groups);
        Deque<EntityRef> open = new ArrayDeque<>(groups);
        while (!open.isEmpty()) {
            for (EntityRef parent : parents.getOrDefault(open.pop(), Set.of())) {
                if (all.add(parent)) {
                    open.push(parent);
                }
            }
        }
        return all;
    }

    boolean contains(EntityRef ref) {
        return entities.contains(ref);
    }

    Set<EntityRef> groupsOf(EntityRef user) {
        return entities.contains(user) ? groups.getOrDefault(user, Set.of()) : Set.of();
    }

    Set<EntityRef> parentsOf(EntityRef group) {
        return entities.contains(group) ? parents.getOrDefault(group, Set.of()) : Set.of();
    }

    /** Unmodifiable. */
    Set<EntityRef> all() {
        return entities;
    }

    long users() {
        return users;
    }

    int size() {
        return entities.size();
    }
}
