package dev.belfry.host.directory;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks users and groups up by their details. Always answers from memory. */
public interface EntityDirectory {

    /** The annotation of Backstage's catalog with the id that Keycloak gives a user. */
    String KEYCLOAK_ID = "keycloak.org/id";

    /** Knows nobody: a plugin supplies the port catalog, which has no details. */
    EntityDirectory EMPTY = new EntityDirectory() {
        @Override
        public Optional<String> displayNameOf(EntityRef ref) {
            return Optional.empty();
        }

        @Override
        public Set<EntityRef> usersWithEmail(String email) {
            return Set.of();
        }

        @Override
        public Set<EntityRef> usersWithKeycloakId(String id) {
            return Set.of();
        }

        @Override
        public List<Named> search(String kind, String query, int limit) {
            return List.of();
        }
    };

    /** @param displayName the name of the reference if the entity has no other */
    record Named(EntityRef ref, String displayName) {}

    Optional<String> displayNameOf(EntityRef ref);

    /** @param email without regard to case */
    Set<EntityRef> usersWithEmail(String email);

    Set<EntityRef> usersWithKeycloakId(String id);

    /**
     * Entities in which a word of the name or of the display name begins with the query, ordered by display name.
     *
     * @param kind {@code user} or {@code group}
     * @param query without regard to case; empty = all
     */
    List<Named> search(String kind, String query, int limit);
}
