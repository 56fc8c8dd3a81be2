package dev.belfry.host.settings;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.FromText;

/**
 * A role of a permission policy.
 *
 * @param text as it is written
 */
public record RoleRef(EntityRef ref, String text) {

    private static final String ROLE = "role";

    @FromText("a role such as role:default/reader")
    static RoleRef parse(String text) {
        EntityRef ref = EntityRef.parse(text, ROLE);
        if (!ref.kind().equals(ROLE)) {
            throw new IllegalArgumentException("not a role");
        }
        return new RoleRef(ref, text);
    }

    /** Whether kind and namespace are written. */
    public boolean isComplete() {
        return text.contains(":") && text.contains("/");
    }
}
