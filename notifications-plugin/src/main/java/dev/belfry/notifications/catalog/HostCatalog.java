package dev.belfry.notifications.catalog;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.inbox.Memberships;
import dev.belfry.notifications.sending.Recipients;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.GroupRef;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Implements the plugin's ports to users and groups with the host's catalog. */
public final class HostCatalog implements Recipients, Memberships {

    private final Catalog catalog;

    public HostCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Collection<String> unknown(Addressees addressees) {
        List<EntityRef> refs = new ArrayList<>();
        addressees.users().forEach(user -> refs.add(EntityRef.parse(user.value(), EntityRef.USER)));
        addressees.groups().forEach(group -> refs.add(EntityRef.parse(group.value(), EntityRef.GROUP)));
        return catalog.missing(refs).stream().map(EntityRef::toString).toList();
    }

    @Override
    public Set<GroupRef> groupsOf(UserRef user) {
        return catalog.groupsOf(EntityRef.parse(user.value(), EntityRef.USER)).stream()
                .map(group -> new GroupRef(group.qualifiedName()))
                .collect(Collectors.toSet());
    }
}
