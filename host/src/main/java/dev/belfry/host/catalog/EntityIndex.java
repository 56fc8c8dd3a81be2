package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.EntityDirectory.Named;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds entities by their details.
 *
 * @param byName ordered by display name
 * @param byEmail lower case
 */
record EntityIndex(
        List<Named> byName,
        Map<EntityRef, String> displayNames,
        Map<String, Set<EntityRef>> byEmail,
        Map<String, Set<EntityRef>> byKeycloakId) {

    private static final Comparator<Named> ORDER = Comparator.comparing(
                    Named::displayName, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(Named::ref);

    static EntityIndex of(List<Entity> entities) {
        EntityIndex index = new EntityIndex(
                entities.stream()
                        .map(entity -> new Named(
                                entity.ref(),
                                Objects.requireNonNullElse(
                                        entity.details().displayName(),
                                        entity.ref().name())))
                        .sorted(ORDER)
                        .toList(),
                new HashMap<>(),
                new HashMap<>(),
                new HashMap<>());
        entities.forEach(index::add);
        return index;
    }

    private void add(Entity entity) {
        Entity.Details details = entity.details();
        if (details.displayName() != null) {
            displayNames.put(entity.ref(), details.displayName());
        }
        if (!entity.ref().kind().equals(EntityRef.USER)) {
            return;
        }
        if (details.email() != null) {
            byEmail.computeIfAbsent(details.email().toLowerCase(Locale.ROOT), _ -> new HashSet<>())
                    .add(entity.ref());
        }
        if (details.keycloakId() != null) {
            byKeycloakId
                    .computeIfAbsent(details.keycloakId(), _ -> new HashSet<>())
                    .add(entity.ref());
        }
    }

    Optional<String> displayNameOf(EntityRef ref) {
        return Optional.ofNullable(displayNames.get(ref));
    }

    Set<EntityRef> usersWithEmail(String email) {
        return byEmail.getOrDefault(email.toLowerCase(Locale.ROOT), Set.of());
    }

    Set<EntityRef> usersWithKeycloakId(String id) {
        return byKeycloakId.getOrDefault(id, Set.of());
    }

    List<Named> search(String kind, String query, int limit) {
        return byName.stream()
                .filter(entity -> entity.ref().kind().equals(kind))
                .filter(entity -> hasWord(entity.displayName(), query)
                        || hasWord(entity.ref().name(), query))
                .limit(limit)
                .toList();
    }

    /** Whether a word of the text begins with the query, which may have several words. */
    private static boolean hasWord(String text, String query) {
        for (int start = 0; start + query.length() <= text.length(); start++) {
            boolean isStart = start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1));
            if (isStart && text.regionMatches(true, start, query, 0, query.length())) {
                return true;
            }
        }
        return false;
    }
}
