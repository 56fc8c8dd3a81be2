package dev.belfry.host.catalog;

import dev.belfry.host.settings.CatalogPlace;
import dev.belfry.host.spelling.NamedEntity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of the catalog at one moment.
 *
 * @param entities of different references, in the order of the locations
 * @param unknown users and groups that entities name, and that no file describes
 * @param warnings each as {@code path:line: text}
 * @param places all files, patterns and URLs that the locations lead to, also if they do not exist
 * @param unreadable why some of them cannot be read now
 * @param isWhole whether every file was read without a warning
 */
record CatalogContent(
        List<Entity> entities,
        Collection<NamedEntity> unknown,
        List<String> warnings,
        Set<CatalogPlace> places,
        Map<CatalogPlace, IOException> unreadable,
        boolean isWhole) {

    CatalogContent with(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new CatalogContent(entities, unknown, more, places, unreadable, isWhole);
    }
}
