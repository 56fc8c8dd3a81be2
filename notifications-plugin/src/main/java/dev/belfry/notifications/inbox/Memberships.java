package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.UserRef;
import java.util.Set;

/** Port: the groups of users, from the catalog. */
@FunctionalInterface
public interface Memberships {

    /** The groups that the user is a member of now. */
    Set<GroupRef> groupsOf(UserRef user);
}
