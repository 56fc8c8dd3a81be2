package dev.belfry.host.spelling;

import dev.belfry.api.catalog.EntityRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the user or group that an unknown reference probably means: of the other kind, of another namespace, or with a similar name. */
public final class NearEntities {

    /** Each search compares with all names of the catalog. */
    private static final int MOST_SEARCHES = 20;

    private final Set<EntityRef> known;
    private int searches;

    public NearEntities(Set<EntityRef> known) {
        this.known = known;
    }

    public Optional<EntityRef> of(EntityRef ref) {
        String otherKind = ref.kind().equals(EntityRef.USER) ? EntityRef.GROUP : EntityRef.USER;
        EntityRef other = new EntityRef(otherKind, ref.namespace(), ref.name());
        if (known.contains(other)) {
            return Optional.of(other);
        }
        return ++searches > MOST_SEARCHES ? Optional.empty() : similar(ref);
    }

    private Optional<EntityRef> similar(EntityRef ref) {
        List<EntityRef> sameKind =
                known.stream().filter(other -> other.kind().equals(ref.kind())).toList();
        return ClosestName.of(ref.name(), sameKind.stream().map(EntityRef::name).toList())
                .flatMap(name -> sameKind.stream()
                        .filter(other -> other.name().equals(name))
                        .min(EntityRef::compareTo));
    }
}
