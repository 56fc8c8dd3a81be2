package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code catalog}.
 *
 * @param locations {@code catalog.locations[]} of type file, in order
 * @param allowedKinds {@code catalog.rules[].allow}, in lower case; empty = no rule was given
 * @param nestedGroups whether a member of a child group is a member of its parents, too
 */
public record CatalogSettings(List<Location> locations, Set<String> allowedKinds, boolean nestedGroups) {

    /** @param allowedKinds {@code catalog.locations[].rules[].allow}: what this location may add beside the general rules */
    public record Location(Path file, Optional<Set<String>> allowedKinds) {}
}
