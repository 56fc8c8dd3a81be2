package dev.belfry.host.settings;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.FromText;
import java.util.function.Supplier;

/** A user of the catalog. */
record UserRef(EntityRef get) implements Supplier<EntityRef> {

    @FromText("a user such as user:default/guest")
    static UserRef parse(String text) {
        EntityRef ref = EntityRef.parse(text, EntityRef.USER);
        if (!ref.kind().equals(EntityRef.USER)) {
            throw new IllegalArgumentException("not a user");
        }
        return new UserRef(ref);
    }
}
