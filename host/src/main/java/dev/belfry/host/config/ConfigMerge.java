package dev.belfry.host.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Merges configurations: objects are merged, all other values are replaced. */
final class ConfigMerge {

    private ConfigMerge() {}

    static Value.Tree over(Value.Tree lower, Value.Tree upper) {
        Map<String, Value> merged = new LinkedHashMap<>(lower.children());
        upper.children().forEach((key, value) -> merged.merge(key, value, ConfigMerge::both));
        // Report a missing key at the file that began the section: that is where to add it.
        return new Value.Tree(merged, lower.children().isEmpty() ? upper.location() : lower.location());
    }

    private static Value both(Value lower, Value upper) {
        return lower instanceof Value.Tree below && upper instanceof Value.Tree above ? over(below, above) : upper;
    }
}
