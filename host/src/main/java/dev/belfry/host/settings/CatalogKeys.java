package dev.belfry.host.settings;

import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.OneByOne;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.settings.CatalogSettings.Location;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of {@code catalog}. */
@Ignored({
    "defaultLocationConflictStrategy",
    "defaultOwnershipEntityRefs",
    "disableRelationsCompatibility",
    "enableRelationsCompatibility",
    "experimentalAlwaysUpdateTimestamp",
    "import",
    "orphanProviderStrategy",
    "orphanStrategy",
    "processorOptions",
    "readonly",
    "scmEvents",
    "stitchingStrategy",
    "useUrlReadersSearch"
})
@Unsupported(
        value = {"disableDefaultProcessors", "processors.*", "providerOptions"},
        instead =
                "has no effect: Belfry reads users, groups and locations of files and URLs itself, without processors and"
                        + " providers of Backstage")
@Unsupported(
        value = {"processors.ldapOrg", "providers.ldapOrg"},
        instead =
                "has no effect: to read users and groups from LDAP, copy optional-plugins/catalog-ldap-*.jar to the plugin"
                        + " folder, and move the keys of one provider to the section catalog-ldap")
@Unsupported(
        value = "providers.keycloakOrg",
        instead =
                "has no effect: to read users and groups from Keycloak, copy optional-plugins/catalog-keycloak-*.jar to the"
                        + " plugin folder, and move the keys of one provider to the section catalog-keycloak")
@Unsupported(
        value = {
            "processors.microsoftGraphOrg",
            "providers.microsoftGraphOrg",
            "providers.okta",
            "providers.pingIdentityOrg"
        },
        instead =
                "has no effect: to get users and groups from this service, copy optional-plugins/catalog-scim-*.jar to the"
                        + " plugin folder, and let the service push them by SCIM 2.0")
@Unsupported(
        value = "providers.*",
        instead = "has no effect: Belfry reads users and groups from catalog.locations and from plugins; list files or"
                + " URLs with them in catalog.locations, or install a plugin that knows them")
record CatalogKeys(
        Optional<List<CatalogRule>> rules,
        @OneByOne List<LocationKeys> locations,
        @Default("false") boolean nestedGroups,
        Optional<Duration> processingInterval)
        implements Checked {

    /** The rule when none is configured: the kinds that this catalog uses. Backstage's own allows no users. */
    private static final List<CatalogRule> USERS_AND_GROUPS = List.of(new CatalogRule(
            List.of(new AllowedKind("User"), new AllowedKind("Group"), new AllowedKind("Location")), Optional.empty()));

    /** A server is not asked more often. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    CatalogSettings settings(IntegrationSettings integrations, Optional<CatalogSettings.Guest> guest) {
        List<Location> read = all().filter(location -> !isUselessUrl(location)).toList();
        Duration interval = processingInterval.orElse(CatalogSettings.INTERVAL);
        return new CatalogSettings(
                read, nestedGroups, interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval, integrations, guest);
    }

    @Override
    public void check(Checks checks) {
        List<String> useless =
                all().filter(CatalogKeys::isUselessUrl).map(Location::written).toList();
        if (!useless.isEmpty()) {
            checks.inform(
                    "locations",
                    "URLs whose rules allow neither User nor Group are not fetched: " + String.join(", ", useless));
        }
    }

    private Stream<Location> all() {
        return locations.stream()
                .flatMap(location -> location.read().stream()
                        .map(target -> new Location(
                                target.place(), kinds(target, location.rules()), target.written(), target.soughtAt())));
    }

    /** A request, and a server that is away, would cost something, and bring nothing. */
    private static boolean isUselessUrl(Location location) {
        return location.place() instanceof CatalogPlace.AtUrl && !location.canHoldUsersOrGroups();
    }

    private Set<String> kinds(LocationTarget target, List<LocationKeys.Rule> own) {
        Set<String> kinds = new LinkedHashSet<>();
        own.forEach(rule -> addTo(kinds, rule.allow()));
        rules.orElse(USERS_AND_GROUPS).stream()
                .filter(rule -> rule.covers(target))
                .forEach(rule -> addTo(kinds, rule.allow()));
        return kinds;
    }

    private static void addTo(Set<String> kinds, List<AllowedKind> allowed) {
        allowed.forEach(allow -> kinds.add(allow.kind().toLowerCase(Locale.ROOT)));
    }
}
