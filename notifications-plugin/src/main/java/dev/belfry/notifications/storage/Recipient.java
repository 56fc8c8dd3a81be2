package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.Set;

/**
 * The owner of an inbox.
 *
 * @param user of the kind {@code user}
 * @param groups of the kind {@code group}, of which the user is a member now
 * @since 0.1
 */
public record Recipient(EntityRef user, Set<EntityRef> groups) {

    public Recipient {
        Kinds.require(EntityRef.USER, user);
        Kinds.require(EntityRef.GROUP, groups);
        groups = Set.copyOf(groups);
    }
}
