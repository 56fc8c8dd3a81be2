package dev.belfry.notifications.storage;

import dev.belfry.api.catalog.EntityRef;
import java.util.Collection;

/** Checks the kind of references, because tables hold them without it. */
final class Kinds {

    private Kinds() {}

    /** @throws IllegalArgumentException naming the first reference of another kind */
    static void require(String kind, Collection<EntityRef> refs) {
        for (EntityRef ref : refs) {
            require(kind, ref);
        }
    }

    static void require(String kind, EntityRef ref) {
        if (!ref.kind().equals(kind)) {
            throw new IllegalArgumentException(ref + " is not a " + kind);
        }
    }
}
