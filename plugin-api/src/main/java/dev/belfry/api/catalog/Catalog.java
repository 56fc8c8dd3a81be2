package dev.belfry.api.catalog;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Port that knows users, groups and memberships.
 *
 * @since 0.1
 */
public interface Catalog {

    /**
     * The elements of {@code refs} that do not exist in the catalog, in the order of {@code refs}.
     */
    Set<EntityRef> missing(Collection<EntityRef> refs);

    /**
     * The groups of which {@code user} is a member at the moment.
     *
     * @return empty for a user without groups and for an unknown user
     */
    Set<EntityRef> groupsOf(EntityRef user);

    /**
     * The direct parents of {@code group}. A permission policy gives the roles of a group also to the members of the groups below it, at
     * any depth, even if {@link #groupsOf} returns direct memberships only. The host asks for each group of a user at each check of a
     * permission, so this must not wait. Groups may be each other's parents by mistake.
     *
     * @return empty for a group without parents, for an unknown group, and by default
     * @since 0.2
     */
    default Set<EntityRef> parentsOf(EntityRef group) {
        return Set.of();
    }

    /**
     * The number of users, whom a notification to everyone reaches. Must not wait.
     *
     * @return empty if the catalog cannot tell, and by default
     * @since 0.2
     */
    default OptionalLong userCount() {
        return OptionalLong.empty();
    }

    /** Whether {@code ref} exists. */
    default boolean contains(EntityRef ref) {
        return missing(Set.of(ref)).isEmpty();
    }
}
