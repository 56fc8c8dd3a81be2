package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.spelling.NamedEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The entities of all files. Of two with one reference the first counts, as in Backstage: united, a second file could
 * add a user of the first to its groups.
 */
final class UniqueEntities {

    private record Occurrence(CatalogPlace place, int line) {}

    private final Map<EntityRef, Occurrence> occurrences = new HashMap<>();
    private final List<Entity> entities = new ArrayList<>();
    private final List<Occurrence> places = new ArrayList<>();
    private final CatalogWarnings warnings;

    UniqueEntities(CatalogWarnings warnings) {
        this.warnings = warnings;
    }

    void add(CatalogPlace place, ReadEntity read) {
        Occurrence occurrence = new Occurrence(place, read.line());
        Occurrence first = occurrences.putIfAbsent(read.entity().ref(), occurrence);
        if (first == null) {
            entities.add(read.entity());
            places.add(occurrence);
        } else if (!first.equals(occurrence)) {
            warnings.add(
                    place,
                    new Warning(
                            read.line(),
                            read.entity().ref() + " is left out: " + first.place() + ":" + first.line()
                                    + " has an entity with this reference, and the first one counts"));
        }
    }

    List<Entity> list() {
        return entities;
    }

    /** The references of entities to users and groups that no file has. */
    Collection<NamedEntity> unknown() {
        Map<EntityRef, NamedEntity> unknown = new LinkedHashMap<>();
        for (int i = 0; i < entities.size(); i++) {
            Entity entity = entities.get(i);
            Occurrence occurrence = places.get(i);
            entity.forEachReference((key, ref) -> {
                if (!occurrences.containsKey(ref)) {
                    unknown.computeIfAbsent(
                            ref,
                            _ -> new NamedEntity(
                                    ref,
                                    occurrence.place() + ":" + occurrence.line() + ": " + entity.ref() + ": spec."
                                            + key,
                                    "It has no effect"));
                }
            });
        }
        return unknown.values();
    }
}
