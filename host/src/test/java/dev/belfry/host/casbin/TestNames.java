package dev.belfry.host.casbin;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names that a test changes; they are not complete at first. */
final class TestNames implements CatalogNames {

    private final List<Runnable> listeners = new ArrayList<>();
    private volatile Set<EntityRef> names = Set.of();
    private volatile boolean complete;

    /** From now on, the catalog has these users and groups, and all sources have been read. */
    void are(EntityRef... all) {
        names = Set.of(all);
        complete = true;
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Set<EntityRef> all() {
        return names;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
