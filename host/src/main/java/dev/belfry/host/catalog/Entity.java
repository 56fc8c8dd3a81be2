package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A user or group, as a file describes it.
 *
 * @param memberOf groups of a user
 * @param members users of a group
 * @param parents parent groups of a group
 * @param children child groups of a group
 * @param details what the port catalog does not tell
 */
record Entity(
        EntityRef ref,
        List<EntityRef> memberOf,
        List<EntityRef> members,
        List<EntityRef> parents,
        List<EntityRef> children,
        Details details) {

    /** @param action gets each reference with the key that has it */
    void forEachReference(BiConsumer<String, EntityRef> action) {
        memberOf.forEach(ref -> action.accept("memberOf", ref));
        members.forEach(ref -> action.accept("members", ref));
        parents.forEach(ref -> action.accept("parent", ref));
        children.forEach(ref -> action.accept("children", ref));
    }

    /** @param keycloakId see {@link dev.belfry.host.directory.EntityDirectory#KEYCLOAK_ID} */
    record Details(
            @Nullable String displayName,
            @Nullable String email,
            @Nullable String keycloakId) {

        /** Most groups have none, and share this. */
        static final Details NONE = new Details(null, null, null);
    }
}
