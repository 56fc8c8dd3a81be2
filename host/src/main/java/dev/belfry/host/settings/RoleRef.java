package dev.belfry.host.settings;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.FromText;
import java.util.function.Supplier;

/** A role of a permission policy. */
record RoleRef(EntityRef get) implements Supplier<EntityRef> {

    private static final String ROLE = "role";

    @FromText("a role such as role:default/reader")
    static RoleRef parse(String text) {
        EntityRef ref = EntityRef.parse(text, ROLE);
        if (!ref.kind().equals(ROLE)) {
            throw new IllegalArgumentException("not a role");
        }
        return new RoleRef(ref);
    }
}
