package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one configuration over another: maps are merged, everything else is replaced. */
final class ConfigMerge {

    private ConfigMerge() {}

    static Value.Tree over(Value.Tree lower, Value.Tree upper) {
        Map<String, Value> merged = new LinkedHashMap<>(lower.children());
        upper.children().forEach((key, value) -> merged.merge(key, value, ConfigMerge::both));
        // Where a key is missing, the file that began the section is the place to add it.
        return new Value.Tree(merged, lower.children().isEmpty() ? upper.location() : lower.location());
    }

    private static Value both(Value lower, Value upper) {
        return lower instanceof Value.Tree below && upper instanceof Value.Tree above ? over(below, above) : upper;
    }
}
