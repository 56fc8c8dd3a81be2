package dev.belfry.host.catalog;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.EntityDirectory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the entities of the files and of plugins together. Of two entities with one reference, the first one counts. Not thread-safe.
 */
final class EntityMerge {

    private static final Logger LOG = LoggerFactory.getLogger(EntityMerge.class);

    private static final int SHOWN = 10;

    /** By plugin id: the entities that did not count, as the log has last named them. */
    private final Map<String, Set<EntityRef>> reported = new HashMap<>();

    /** @param published by plugin id */
    List<Entity> merge(List<Entity> ofFiles, SortedMap<String, List<CatalogEntity>> published) {
        if (published.isEmpty()) {
            reported.clear();
            return ofFiles;
        }
        List<Entity> all = new ArrayList<>(ofFiles);
        Set<EntityRef> known = HashSet.newHashSet(ofFiles.size());
        ofFiles.forEach(entity -> known.add(entity.ref()));
        published.forEach((plugin, entities) -> {
            Set<EntityRef> hidden = new TreeSet<>();
            for (CatalogEntity entity : entities) {
                if (known.add(entity.ref())) {
                    all.add(entityOf(entity));
                } else {
                    hidden.add(entity.ref());
                }
            }
            report(plugin, hidden);
        });
        reported.keySet().retainAll(published.keySet());
        return all;
    }

    private void report(String plugin, Set<EntityRef> hidden) {
        if (hidden.equals(reported.put(plugin, hidden)) || hidden.isEmpty()) {
            return;
        }
        LOG.warn(
                "{} of plugin {} do not count, because a file or a plugin before it has entities with these references: {}{}",
                hidden.size() == 1 ? "1 entity" : hidden.size() + " entities",
                plugin,
                hidden.stream().limit(SHOWN).map(EntityRef::toString).collect(Collectors.joining(", ")),
                hidden.size() > SHOWN ? ", ..." : "");
    }

    private static Entity entityOf(CatalogEntity entity) {
        List<EntityRef> groups = List.copyOf(entity.memberOf());
        boolean user = entity.ref().kind().equals(EntityRef.USER);
        return new Entity(
                entity.ref(),
                user ? groups : List.of(),
                List.of(),
                user ? List.of() : groups,
                List.of(),
                new Entity.Details(
                        entity.displayName().orElse(null),
                        entity.email().orElse(null),
                        entity.annotations().get(EntityDirectory.KEYCLOAK_ID)));
    }
}
