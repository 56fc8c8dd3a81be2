package dev.belfry.notifications.inbox;

import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import dev.belfry.notifications.storage.UserRef;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Whose inboxes this host has changed since somebody looked. It may name too many, never too few. */
final class ChangedInboxes {

    /** Beyond this many names it is everybody's. */
    private static final int MAX_NAMES = 10_000;

    private final Set<UserRef> users = new HashSet<>();
    private final Set<GroupRef> groups = new HashSet<>();
    private boolean system;
    private boolean any;

    void sentTo(Addressees addressees) {
        system |= addressees.isEveryone();
        users.addAll(addressees.users());
        groups.addAll(addressees.groups());
        any |= users.size() + groups.size() > MAX_NAMES;
    }

    void of(UserRef user) {
        users.add(user);
    }

    void ofAnybody() {
        any = true;
    }

    boolean isEmpty() {
        return !any && !system && users.isEmpty() && groups.isEmpty();
    }

    boolean concern(Recipient recipient, Scope scope) {
        return any
                || (system && scope.includesSystem())
                || users.contains(recipient.user())
                || (scope.includesUser() && !Collections.disjoint(recipient.groups(), groups));
    }
}
