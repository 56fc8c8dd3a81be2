package dev.belfry.host.config;

import dev.belfry.host.config.CatalogSettings.Location;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads {@code catalog}. */
final class CatalogReader {

    /** The rule when none is configured: the kinds that this catalog uses. */
    private static final Set<String> DEFAULT_KINDS = Set.of("user", "group");

    private final Path workingDirectory;

    private CatalogReader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    private record Rule(Set<String> kinds, Predicate<String> target) {}

    static CatalogSettings read(Section root, Path workingDirectory) {
        try (Section catalog = root.section("catalog")) {
            CatalogReader reader = new CatalogReader(workingDirectory);
            List<Rule> rules = catalog.value("rules").isPresent()
                    ? rules(catalog, true)
                    : List.of(new Rule(DEFAULT_KINDS, target -> true));
            List<Location> locations = new ArrayList<>();
            for (Section location : catalog.sections("locations")) {
                try (location) {
                    reader.location(location, rules).ifPresent(locations::add);
                }
            }
            boolean nested = catalog.flag("nestedGroups").orElse(false);
            catalog.ignore(
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
                    "useUrlReadersSearch");
            return new CatalogSettings(locations, nested);
        }
    }

    private Optional<Location> location(Section section, List<Rule> rules) {
        String type = section.text("type").orElse("file");
        List<Rule> own = rules(section, false);
        if (!type.equals("file")) {
            // Backstage also reads from repositories. Belfry does not, and reports the location as ignored.
            section.ignore("target");
            return Optional.empty();
        }
        Optional<String> target = section.required("target");
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Set<String> kinds = new LinkedHashSet<>();
        own.forEach(rule -> kinds.addAll(rule.kinds()));
        rules.stream().filter(rule -> rule.target().test(target.get())).forEach(rule -> kinds.addAll(rule.kinds()));
        return Optional.of(new Location(file(section, target.get()), kinds));
    }

    /** Relative to the file that names it; or, as in Backstage, relative to the working directory. */
    private Path file(Section section, String target) {
        Path besideConfig = section.file("target").orElseThrow();
        Path fromWork = workingDirectory.resolve(target).normalize();
        return Files.exists(besideConfig) || !Files.exists(fromWork) ? besideConfig : fromWork;
    }

    /** @param general whether these are the catalog's rules, which may be limited to some locations */
    private static List<Rule> rules(Section holder, boolean general) {
        List<Rule> rules = new ArrayList<>();
        for (Section rule : holder.sections("rules")) {
            try (rule) {
                Set<String> kinds = new LinkedHashSet<>();
                rule.words("allow").forEach(kind -> kinds.add(kind.toLowerCase(Locale.ROOT)));
                rules.add(new Rule(kinds, general ? targets(rule) : target -> true));
            }
        }
        return rules;
    }

    private static Predicate<String> targets(Section rule) {
        if (rule.value("locations").isEmpty()) {
            return target -> true;
        }
        Predicate<String> any = target -> false;
        for (Section location : rule.sections("locations")) {
            try (location) {
                boolean isFile = location.text("type").orElse("file").equals("file");
                Optional<Predicate<String>> exact = location.text("exact").map(Predicate::isEqual);
                // The older name of an exact pattern.
                Optional<Predicate<String>> older = location.text("exactTarget").map(Predicate::isEqual);
                Optional<Predicate<String>> pattern = location.text("pattern").map(text -> glob(location, text));
                if (isFile) {
                    any = any.or(exact.or(() -> older).or(() -> pattern).orElse(target -> true));
                }
            }
        }
        return any;
    }

    private static Predicate<String> glob(Section location, String pattern) {
        try {
            PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return target -> glob.matches(Path.of(target));
        } catch (IllegalArgumentException e) {
            location.problem("pattern", "must be a pattern such as users/*.yaml, not '" + pattern + "'");
            return target -> false;
        }
    }
}
