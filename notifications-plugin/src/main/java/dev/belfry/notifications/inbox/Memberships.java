package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.UserRef;
import java.util.Set;

/** What an inbox asks of the catalog. */
@FunctionalInterface
public interface Memberships {

    /** The groups that the user is a member of now. */
    Set<GroupRef> groupsOf(UserRef user);
}
