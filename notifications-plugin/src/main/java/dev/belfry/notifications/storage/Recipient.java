package dev.belfry.notifications.storage;

import java.util.Set;

/**
 * The owner of an inbox.
 *
 * @param groups groups that the user is a member of now
 * @since 0.1
 */
public record Recipient(UserRef user, Set<GroupRef> groups) {

    public Recipient {
        groups = Set.copyOf(groups);
    }
}
