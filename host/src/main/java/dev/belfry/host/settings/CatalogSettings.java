package dev.belfry.host.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code catalog}.
 *
 * @param locations {@code catalog.locations[]} of type file, in order
 * @param nestedGroups whether members of a child group are also members of its parents
 */
public record CatalogSettings(List<Location> locations, boolean nestedGroups) {

    /** @param allowedKinds kinds that {@code catalog.rules} and the location's own rules allow, in lower case */
    public record Location(Path file, Set<String> allowedKinds) {}
}
