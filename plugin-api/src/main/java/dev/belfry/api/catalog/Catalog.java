package dev.belfry.api.catalog;

import java.util.Collection;
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

    /** Whether {@code ref} exists. */
    default boolean contains(EntityRef ref) {
        return missing(Set.of(ref)).isEmpty();
    }
}
