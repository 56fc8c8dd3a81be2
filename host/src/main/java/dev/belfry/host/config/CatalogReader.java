package dev.belfry.host.config;

import dev.belfry.host.config.CatalogSettings.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code catalog}. */
final class CatalogReader {

    private CatalogReader() {}

    static CatalogSettings read(Section root, Path workingDirectory) {
        try (Section catalog = root.section("catalog")) {
            List<Location> locations = new ArrayList<>();
            for (Section location : catalog.sections("locations")) {
                try (location) {
                    location(location, workingDirectory).ifPresent(locations::add);
                }
            }
            Set<String> allowed = allowedKinds(catalog.sections("rules"));
            boolean nested = catalog.flag("nestedGroups").orElse(false);
            catalog.ignore(
                    "import",
                    "processors",
                    "providers",
                    "orphanStrategy",
                    "orphanProviderStrategy",
                    "processingInterval",
                    "readonly",
                    "stitchingStrategy",
                    "useUrlReadersSearch",
                    "defaultOwnershipEntityRefs",
                    "experimentalAlwaysUpdateTimestamp");
            return new CatalogSettings(locations, allowed, nested);
        }
    }

    private static Optional<Location> location(Section section, Path workingDirectory) {
        String type = section.text("type").orElse("file");
        Optional<String> target = section.text("target");
        List<Section> rules = section.sections("rules");
        Optional<Set<String>> allowed = rules.isEmpty() ? Optional.empty() : Optional.of(allowedKinds(rules));
        if (!type.equals("file")) {
            section.ignore("target");
            section.fault("type", "must be file: Belfry reads its catalog from files, not '" + type + "'");
            return Optional.empty();
        }
        if (target.isEmpty()) {
            section.fault("target", "is missing");
            return Optional.empty();
        }
        Path besideConfig = section.file("target").orElseThrow();
        // The family takes targets as relative to where the backend runs.
        Path fromWork = workingDirectory.resolve(target.get()).normalize();
        return Optional.of(
                new Location(Files.exists(besideConfig) || !Files.exists(fromWork) ? besideConfig : fromWork, allowed));
    }

    private static Set<String> allowedKinds(List<Section> rules) {
        Set<String> kinds = new LinkedHashSet<>();
        for (Section rule : rules) {
            try (rule) {
                rule.texts("allow").forEach(kind -> kinds.add(kind.toLowerCase(Locale.ROOT)));
                rule.ignore("locations");
            }
        }
        return kinds;
    }
}
