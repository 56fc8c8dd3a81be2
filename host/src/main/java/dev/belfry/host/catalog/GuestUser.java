package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.CatalogSettings;
import dev.belfry.host.spelling.NamedEntity;
import dev.belfry.host.spelling.NearEntities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The guest of {@code auth.providers.guest}. As in Backstage, the guest needs no entity: while no source describes this user, nor one with
 * a near name, it is a user without groups of its own. A guest that a source described and no longer does has left, as any other user.
 * {@link #addTo} is not thread-safe.
 */
final class GuestUser {

    private static final String UNKNOWN = "Requests without credentials get 401, and nobody can sign in as the guest";
    private static final String HAS_LEFT =
            UNKNOWN + ". After a restart, the guest is a user without groups again; to switch the"
                    + " guest off, remove auth.providers.guest";
    private static final String IN_DOUBT =
            "The catalog has warnings, so the guest may have groups to which the policy denies"
                    + " something. Until they are mended, requests without credentials get 401, and nobody can sign in as the guest";

    private final Optional<CatalogSettings.Guest> guest;
    private volatile boolean wasDescribed;
    private volatile boolean isAdded;
    private volatile boolean isInDoubt;

    GuestUser(Optional<CatalogSettings.Guest> guest) {
        this.guest = guest;
    }

    /**
     * @param isWhole whether these are all entities: an entity that is missing could be the guest, or a group of the guest
     * @return the entities with the guest
     */
    List<Entity> addTo(List<Entity> described, boolean isWhole) {
        if (guest.isEmpty()) {
            return described;
        }
        EntityRef user = guest.get().named().ref();
        if (described.stream().anyMatch(entity -> entity.ref().equals(user))) {
            wasDescribed = true;
        }
        isInDoubt = !wasDescribed && !isWhole && guest.get().isUnderPolicy();
        isAdded = !wasDescribed && !isInDoubt && !isMisspelled(user, described);
        if (!isAdded) {
            return described;
        }
        List<Entity> all = new ArrayList<>(described);
        all.add(new Entity(user, List.of(), List.of(), List.of(), List.of(), Entity.Details.NONE));
        return all;
    }

    /** A denial of the user that is meant would not reach the other one. */
    private static boolean isMisspelled(EntityRef user, List<Entity> described) {
        Set<EntityRef> users = described.stream()
                .map(Entity::ref)
                .filter(ref -> ref.kind().equals(EntityRef.USER))
                .collect(Collectors.toSet());
        return new NearEntities(users).of(user).isPresent();
    }

    /** @return that no source describes the guest; none before all sources have been read */
    List<String> warnings(CatalogNames names) {
        if (guest.isEmpty()) {
            return List.of();
        }
        NamedEntity user = guest.get().named();
        if (!isAdded) {
            String consequence = wasDescribed ? HAS_LEFT : isInDoubt ? IN_DOUBT : UNKNOWN;
            return NamedEntity.warnings(List.of(new NamedEntity(user.ref(), user.place(), consequence)), names);
        }
        Set<EntityRef> described = new HashSet<>(names.all());
        described.remove(user.ref());
        return NamedEntity.warnings(List.of(user), new ReadNames(described, names.isComplete()));
    }
}
