package dev.belfry.host.directory;

import dev.belfry.api.catalog.EntityRef;
import java.util.Set;

/** The names of the catalog's users and groups, and whether they are all. Always answers from memory. */
public interface CatalogNames {

    /** Never complete: a plugin supplies the port catalog, or may bring users and groups that are not known yet. */
    CatalogNames UNKNOWN = new CatalogNames() {
        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public Set<EntityRef> all() {
            return Set.of();
        }

        @Override
        public void onChange(Runnable listener) {}
    };

    /** Whether every source has been read. Until then, a name that is missing may still come. */
    boolean isComplete();

    Set<EntityRef> all();

    /** @param listener called after each change; it must not wait */
    void onChange(Runnable listener);
}
