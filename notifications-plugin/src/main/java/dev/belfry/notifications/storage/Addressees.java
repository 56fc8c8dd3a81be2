package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The addressees of a notification: the named users, and the members of the groups at the time of reading. No users and no
 * groups mean everyone.
 *
 * @since 0.1
 */
public record Addressees(SortedSet<EntityRef> users, SortedSet<EntityRef> groups) {

    /** Everyone: a system notification. */
    public static final Addressees EVERYONE = new Addressees(new TreeSet<>(), new TreeSet<>());

    public Addressees {
        Kinds.require(EntityRef.USER, users);
        Kinds.require(EntityRef.GROUP, groups);
        users = Collections.unmodifiableSortedSet(new TreeSet<>(users));
        groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    public static Addressees of(Collection<EntityRef> users, Collection<EntityRef> groups) {
        return new Addressees(new TreeSet<>(users), new TreeSet<>(groups));
    }

    public boolean isEveryone() {
        return users.isEmpty() && groups.isEmpty();
    }

    /** Returns true if a user can be an addressee: named, or possibly a member of a group. */
    public boolean canInclude(EntityRef user) {
        return users.contains(user) || !groups.isEmpty() || isEveryone();
    }
}
