package dev.belfry.host.settings;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.spelling.NamedEntity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code catalog}.
 *
 * @param locations {@code catalog.locations[]} of the types file and url, in order
 * @param nestedGroups whether members of a child group are also members of its parents
 * @param processingInterval the time between two requests for the file at a URL
 * @param integrations the servers that have repositories with entities
 * @param guest the user of {@code auth.providers.guest}
 */
public record CatalogSettings(
        List<Location> locations,
        boolean nestedGroups,
        Duration processingInterval,
        IntegrationSettings integrations,
        Optional<Guest> guest) {

    /** @param isUnderPolicy whether a policy may deny something to groups of the guest */
    public record Guest(NamedEntity named, boolean isUnderPolicy) {}

    static final Duration INTERVAL = Duration.ofMinutes(5);

    /** Without locations of type url. */
    public CatalogSettings(List<Location> locations, boolean nestedGroups) {
        this(locations, nestedGroups, INTERVAL, new IntegrationSettings(List.of(), List.of()), Optional.empty());
    }

    /**
     * @param allowedKinds kinds that {@code catalog.rules} and the location's own rules allow, in lower case. They hold
     *     for all files that the location leads to
     * @param written where it is written, such as {@code app-config.yaml:7}; empty = not known
     * @param soughtAt all places where a file was sought, if there is none
     */
    public record Location(CatalogPlace place, Set<String> allowedKinds, String written, List<Path> soughtAt) {

        public boolean canHoldUsersOrGroups() {
            return allowedKinds.contains(EntityRef.USER) || allowedKinds.contains(EntityRef.GROUP);
        }

        public Location(Path file, Set<String> allowedKinds) {
            this(new CatalogPlace.OnDisk(file), allowedKinds, "", List.of());
        }
    }
}
