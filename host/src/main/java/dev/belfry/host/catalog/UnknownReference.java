package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.spelling.NearEntities;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A user or group that an entity refers to and that no file describes. A plugin may bring it.
 *
 * @param place of the first entity that refers to it, with the key
 */
record UnknownReference(EntityRef ref, String place) {

    /** @return a warning for each unknown user or group; none before all sources have been read */
    static List<String> warnings(Collection<UnknownReference> references, CatalogNames catalog) {
        if (!catalog.isComplete()) {
            return List.of();
        }
        Set<EntityRef> known = catalog.all();
        NearEntities near = new NearEntities(known);
        return references.stream()
                .filter(reference -> !known.contains(reference.ref))
                .map(reference -> reference.warning(near))
                .toList();
    }

    private String warning(NearEntities near) {
        return place + ": the catalog has no " + ref.kind() + " '" + ref + "'"
                + near.of(ref).map(other -> " (did you mean '" + other + "'?)").orElse("") + ". It has no effect";
    }
}
