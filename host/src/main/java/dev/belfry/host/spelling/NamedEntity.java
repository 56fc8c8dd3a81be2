package dev.belfry.host.spelling;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A user or group that a file of the operator names, and that the catalog may not have.
 *
 * @param place where it is written, with the key
 * @param consequence what happens while the catalog does not have it, as a sentence without its period
 */
public record NamedEntity(EntityRef ref, String place, String consequence) {

    /** @return the entities that the catalog lacks; none before the catalog has read all of its sources */
    public static List<NamedEntity> unknown(Collection<NamedEntity> named, CatalogNames catalog) {
        if (!catalog.isComplete()) {
            return List.of();
        }
        Set<EntityRef> known = catalog.all();
        return named.stream().filter(entity -> !known.contains(entity.ref)).toList();
    }

    /** @return a warning for each that the catalog does not have; none before all of its sources have been read */
    public static List<String> warnings(Collection<NamedEntity> named, CatalogNames catalog) {
        NearEntities near = new NearEntities(catalog.all());
        return unknown(named, catalog).stream()
                .map(entity -> entity.warning(near))
                .toList();
    }

    public String warning(NearEntities near) {
        return place + ": the catalog has no " + ref.kind() + " '" + ref + "'"
                + near.of(ref).map(other -> " (did you mean '" + other + "'?)").orElse("") + ". " + consequence;
    }
}
