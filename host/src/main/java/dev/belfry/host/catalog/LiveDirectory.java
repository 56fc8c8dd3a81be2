package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.EntityDirectory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory of the current entities. It is built when somebody asks: many hosts never do. */
final class LiveDirectory implements EntityDirectory {

    private List<Entity> entities = List.of();
    private @Nullable EntityIndex index;

    synchronized void replace(List<Entity> all) {
        entities = all;
        index = null;
    }

    private synchronized EntityIndex index() {
        EntityIndex now = index;
        if (now == null) {
            now = EntityIndex.of(entities);
            index = now;
        }
        return now;
    }

    @Override
    public Optional<String> displayNameOf(EntityRef ref) {
        return index().displayNameOf(ref);
    }

    @Override
    public Set<EntityRef> usersWithEmail(String email) {
        return index().usersWithEmail(email);
    }

    @Override
    public Set<EntityRef> usersWithKeycloakId(String id) {
        return index().usersWithKeycloakId(id);
    }

    @Override
    public List<Named> search(String kind, String query, int limit) {
        return index().search(kind, query, limit);
    }
}
