package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.FromText;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.config.Variant;
import dev.belfry.host.config.Words;
import dev.belfry.host.settings.CatalogSettings.Location;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The keys of {@code catalog}. */
@Ignored({
    "defaultOwnershipEntityRefs",
    "disableRelationsCompatibility",
    "enableRelationsCompatibility",
    "experimentalAlwaysUpdateTimestamp",
    "import",
    "orphanProviderStrategy",
    "orphanStrategy",
    "processingInterval",
    "processors",
    "providers",
    "readonly",
    "stitchingStrategy",
    "useUrlReadersSearch"
})
record CatalogKeys(
        Optional<List<Rule>> rules,
        List<Place> locations,
        @Default("false") boolean nestedGroups) {

    /** The rule when none is configured: the kinds that this catalog uses. */
    private static final Rule USERS_AND_GROUPS = new Rule(List.of("User", "Group"), Optional.empty());

    CatalogSettings settings(Path workingDirectory) {
        List<Location> files = locations.stream()
                .filter(Entities.class::isInstance)
                .map(Entities.class::cast)
                .map(entities -> location(entities, workingDirectory))
                .toList();
        return new CatalogSettings(files, nestedGroups);
    }

    private Location location(Entities entities, Path workingDirectory) {
        String target = entities.target().text();
        Set<String> kinds = new LinkedHashSet<>();
        entities.rules().forEach(rule -> addTo(kinds, rule.allow()));
        rules.orElse(List.of(USERS_AND_GROUPS)).stream()
                .filter(rule -> rule.covers(target))
                .forEach(rule -> addTo(kinds, rule.allow()));
        return new Location(entities.target().file(workingDirectory), kinds);
    }

    private static void addTo(Set<String> kinds, List<String> allowed) {
        allowed.forEach(kind -> kinds.add(kind.toLowerCase(Locale.ROOT)));
    }

    /** {@code catalog.rules[]}: which kinds all locations may contain, or only some. */
    record Rule(@Words List<String> allow, Optional<List<Limit>> locations) {
        boolean covers(String target) {
            return locations.isEmpty() || locations.get().stream().anyMatch(limit -> limit.covers(target));
        }
    }

    /** @param exactTarget the older name of {@code exact} */
    record Limit(
            @Default("file") String type,
            Optional<String> exact,
            Optional<String> exactTarget,
            Optional<Pattern> pattern) {

        boolean covers(String target) {
            Optional<String> only = exact.or(() -> exactTarget);
            return type.equals("file")
                    && only.map(target::equals)
                            .or(() -> pattern.map(glob -> glob.matches(target)))
                            .orElse(true);
        }
    }

    record Pattern(PathMatcher glob) {
        @FromText("a pattern such as users/*.yaml")
        static Pattern parse(String text) {
            return new Pattern(FileSystems.getDefault().getPathMatcher("glob:" + text));
        }

        boolean matches(String target) {
            return glob.matches(Path.of(target));
        }
    }

    /** {@code catalog.locations[]}. */
    sealed interface Place {}

    @Variant({"file", Variant.ABSENT})
    record Entities(Target target, List<LocalRule> rules) implements Place {}

    /** Backstage also reads from repositories. */
    @Variant(Variant.OTHER)
    @Ignored("target")
    record Elsewhere(List<LocalRule> rules) implements Place {}

    record LocalRule(@Words List<String> allow) {}

    /** @param text as it is written, which the patterns of rules refer to */
    record Target(String text, SourceLocation location) {
        @FromText("a path")
        static Target parse(String text, SourceLocation location) {
            return new Target(text, location);
        }

        /** Relative to the file that names it; or, as in Backstage, relative to the working directory. */
        Path file(Path workingDirectory) {
            Path besideConfig = location.resolve(text);
            Path fromWork = workingDirectory.resolve(text).normalize();
            return Files.exists(besideConfig) || !Files.exists(fromWork) ? besideConfig : fromWork;
        }
    }
}
