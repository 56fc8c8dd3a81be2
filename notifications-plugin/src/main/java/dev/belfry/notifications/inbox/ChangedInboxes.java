package dev.belfry.notifications.inbox;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.Recipient;
import dev.belfry.notifications.storage.Scope;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** The inboxes that this host may have changed since the last check. It may contain too many, never too few. */
final class ChangedInboxes {

    /** With more users and groups than this, all inboxes count as changed. */
    private static final int MAX_SIZE = 10_000;

    private final Set<EntityRef> users = new HashSet<>();
    private final Set<EntityRef> groups = new HashSet<>();
    private boolean system;
    private boolean all;

    void addAddressees(Addressees addressees) {
        system |= addressees.isEveryone();
        users.addAll(addressees.users());
        groups.addAll(addressees.groups());
        all |= users.size() + groups.size() > MAX_SIZE;
    }

    void add(EntityRef user) {
        users.add(user);
    }

    void addAll() {
        all = true;
    }

    boolean isEmpty() {
        return !all && !system && users.isEmpty() && groups.isEmpty();
    }

    boolean includes(Recipient recipient, Scope scope) {
        return all
                || (system && scope.includesSystem())
                || users.contains(recipient.user())
                || (scope.includesUser() && !Collections.disjoint(recipient.groups(), groups));
    }
}
