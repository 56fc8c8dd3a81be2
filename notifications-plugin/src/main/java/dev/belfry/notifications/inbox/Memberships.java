package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import java.util.Set;

/** Port: the groups of users, from the catalog. */
@FunctionalInterface
public interface Memberships {

    /** The groups that the user is a member of now. */
    Set<EntityRef> groupsOf(EntityRef user);
}
