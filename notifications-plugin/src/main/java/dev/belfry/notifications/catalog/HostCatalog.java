package dev.belfry.notifications.catalog;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.inbox.Memberships;
import dev.belfry.notifications.sending.Recipients;
import dev.belfry.notifications.storage.Addressees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Implements the plugin's ports to users and groups with the host's catalog. */
public final class HostCatalog implements Recipients, Memberships {

    private final Catalog catalog;

    public HostCatalog(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Collection<String> unknown(Addressees addressees) {
        List<EntityRef> refs = new ArrayList<>(addressees.users());
        refs.addAll(addressees.groups());
        return catalog.missing(refs).stream().map(EntityRef::toString).toList();
    }

    @Override
    public Set<EntityRef> groupsOf(EntityRef user) {
        return catalog.groupsOf(user);
    }
}
