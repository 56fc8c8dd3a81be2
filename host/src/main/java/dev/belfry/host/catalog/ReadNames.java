package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.settings.CatalogPlace.AtUrl;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names in files that have been read once. */
record ReadNames(Set<EntityRef> all, boolean isComplete) implements CatalogNames {

    /**
     * @param content where the entities come from
     * @param isFetched whether files at URLs have been sought, too
     */
    static ReadNames of(List<Entity> entities, CatalogContent content, boolean isFetched) {
        return new ReadNames(
                entities.stream().map(Entity::ref).collect(Collectors.toUnmodifiableSet()),
                content.unreadable().isEmpty()
                        && (isFetched || content.places().stream().noneMatch(AtUrl.class::isInstance)));
    }

    /** They do not change. */
    @Override
    public void onChange(Runnable listener) {}
}
