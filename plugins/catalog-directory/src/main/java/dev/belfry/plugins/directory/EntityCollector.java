package dev.belfry.plugins.directory;

import dev.belfry.api.catalog.CatalogEntity;
import dev.belfry.api.catalog.EntityRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of a directory, which name each other by keys of the directory, and makes entities from them. An entry without a
 * valid name, and the second one of two with one name, is left out, with a warning. Not thread-safe.
 *
 * @param <K> key of an entry, such as a distinguished name
 */
public final class EntityCollector<K> {

    private static final int MAX_TEXT = 255;

    private final String namespace;
    private final Map<K, CatalogEntity> entities = new LinkedHashMap<>();
    private final Map<EntityRef, K> keys = new HashMap<>();
    private final Map<K, Set<K>> groups = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param namespace of all entities */
    public EntityCollector(String namespace) {
        this.namespace = namespace;
    }

    /**
     * Adds an entry. If it is a group, its members are added by {@link #addMembership}.
     *
     * @param kind {@link EntityRef#USER} or {@link EntityRef#GROUP}
     * @param name as the directory has it; null or blank = none
     */
    public void add(K key, String kind, @Nullable String name, @Nullable String displayName, @Nullable String email) {
        if (name == null || name.isBlank()) {
            leaveOut(key, "it has no name");
            return;
        }
        EntityRef ref;
        try {
            ref = new EntityRef(kind, namespace, EntityNames.normalized(name));
        } catch (IllegalArgumentException e) {
            leaveOut(key, "its name '" + name + "' cannot be a name in the catalog: " + e.getMessage());
            return;
        }
        K other = keys.putIfAbsent(ref, key);
        if (other != null) {
            if (!other.equals(key)) {
                leaveOut(key, "it is " + ref + " in the catalog, as " + other + " is");
            }
            return;
        }
        CatalogEntity entity = CatalogEntity.of(ref);
        if (displayName != null && isText(displayName)) {
            entity = entity.withDisplayName(displayName);
        }
        if (email != null && isText(email)) {
            entity = entity.withEmail(email);
        }
        entities.put(key, entity);
    }

    /** Adds a warning of an entry that is not added. */
    public void leaveOut(K key, String reason) {
        warnings.add(key + " is left out: " + reason);
    }

    /** Adds an annotation to an entry. An entry that was left out, and a value that the catalog refuses, is ignored. */
    public void annotate(K key, String name, String value) {
        if (isText(value)) {
            entities.computeIfPresent(key, (any, entity) -> entity.withAnnotation(name, value));
        }
    }

    /**
     * Adds a membership. If the member or the group is unknown, it is ignored.
     *
     * @param member a user or a group
     */
    public void addMembership(K member, K group) {
        groups.computeIfAbsent(member, any -> new LinkedHashSet<>()).add(group);
    }

    /** The entries that were left out, and why. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The entities with their memberships. */
    public List<CatalogEntity> entities() {
        return entities.entrySet().stream()
                .map(entry -> entry.getValue().withMemberOf(groupsOf(entry.getKey())))
                .toList();
    }

    private Collection<EntityRef> groupsOf(K member) {
        return groups.getOrDefault(member, Set.of()).stream()
                .filter(group -> !group.equals(member))
                .flatMap(group -> Optional.ofNullable(entities.get(group)).stream())
                .map(CatalogEntity::ref)
                .filter(ref -> ref.kind().equals(EntityRef.GROUP))
                .toList();
    }

    /** The catalog refuses other texts; the directory has no such rule. */
    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(letter -> Character.getType(letter) == Character.CONTROL);
    }
}
