package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * {@code catalog}.
 *
 * @param locations {@code catalog.locations[]} of type file, in order
 * @param nestedGroups whether a member of a child group is a member of its parents, too
 */
public record CatalogSettings(List<Location> locations, boolean nestedGroups) {

    /** @param allowedKinds what {@code catalog.rules} and the location's own rules allow it, in lower case */
    public record Location(Path file, Set<String> allowedKinds) {}
}
