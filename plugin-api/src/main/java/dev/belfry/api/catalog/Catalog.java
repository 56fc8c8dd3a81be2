package dev.belfry.api.catalog;

import java.util.Collection;
import java.util.Set;

/**
 * Port: which users and groups exist, and who is in what?
 *
 * @since 0.1
 */
public interface Catalog {

    /**
     * Those of {@code refs} that the catalog does not have, in the order of {@code refs}; empty when all exist.
     */
    Set<EntityRef> missing(Collection<EntityRef> refs);

    /**
     * The groups that {@code user} is a member of now.
     *
     * @return empty for a user without groups, and for one whom the catalog does not have
     */
    Set<EntityRef> groupsOf(EntityRef user);

    /** Whether the catalog has {@code ref}. */
    default boolean contains(EntityRef ref) {
        return missing(Set.of(ref)).isEmpty();
    }
}
