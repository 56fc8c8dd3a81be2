package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Port: stores what users have muted. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface MuteLists {

    /** The lists of the users who have muted something. */
    Map<EntityRef, MuteList> muteLists(Collection<EntityRef> users);

    default MuteList muteList(EntityRef user) {
        return muteLists(Set.of(user)).getOrDefault(user, MuteList.NONE);
    }

    /**
     * Replaces the list of a user. Unless the list is equal, this changes the {@link InboxCounts#revision} of the user's inbox in
     * every scope, and is an {@link InboxChange}.
     */
    void replaceMuteList(EntityRef user, MuteList list);
}
