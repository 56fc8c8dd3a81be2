package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list of plugins, as it is written. A faulty entry costs its plugin, not the host: the entry is left out if it can only
 * add something, and otherwise its plugin is disabled. Where nobody can know which plugin it restricts, or where JARs must be listed, it
 * is returned as it is, and refused when it is bound.
 *
 * @param path in the file, such as {@code plugins[0]}
 * @param strict whether only listed JARs may run
 */
record PluginEntry(String path, Value value, boolean strict, Problems problems) {

    static final String PACKAGE = "package";
    static final String CONFIG = "pluginConfig";
    static final String DISABLED = "disabled";
    static final String ENABLED = "enabled";

    private static final Set<String> RESTRICTIONS = Set.of(DISABLED, ENABLED, "integrity");

    /** @return empty if it is left out */
    Optional<Value.Tree> usable() {
        if (!(value instanceof Value.Tree entry)) {
            report(value, path, "must be an object, not " + value.kind(), "the entry is left out");
            return Optional.empty();
        }
        Value name = entry.children().get(PACKAGE);
        if ((name == null || name.isNull()) && !strict && onlyAdds(entry)) {
            problems.warn(entry.location(), path + "." + PACKAGE, "is required, and missing; the entry is left out");
            return Optional.empty();
        }
        Optional<Value.Unresolved> unreadable = unreadable(entry);
        if (unreadable.isPresent() && (isForeign(entry) || (isUnreadable(name) && !strict && onlyAdds(entry)))) {
            problems.warn(unreadable.get().location(), path, unreadable.get().reason() + "; the entry is left out");
            return Optional.empty();
        }
        if (isForeign(entry)) {
            return Optional.of(withoutConfig(entry));
        }
        if (isUnreadable(name)) {
            return Optional.of(entry);
        }
        boolean isWrong = isWrongFlag(entry, DISABLED)
                | isWrongFlag(entry, ENABLED)
                | isWrongConfig(entry)
                | unreadable
                        .filter(twice -> report(twice, path, twice.reason()))
                        .isPresent();
        return Optional.of(isWrong && !strict ? disabled(entry) : entry);
    }

    /** The first value that cannot be used, such as the value of a key that occurs twice. An unset variable is another case. */
    private static Optional<Value.Unresolved> unreadable(Value.Tree entry) {
        return entry.children().values().stream()
                .filter(PluginEntry::isUnreadable)
                .map(Value.Unresolved.class::cast)
                .findFirst();
    }

    private static boolean isUnreadable(@Nullable Value value) {
        return value instanceof Value.Unresolved unresolved && !unresolved.isUnset();
    }

    /** A misspelled key could be the package, or disable it. */
    private static boolean onlyAdds(Value.Tree entry) {
        return entry.children().keySet().stream()
                .noneMatch(key -> RESTRICTIONS.contains(key)
                        || ClosestName.of(key, RESTRICTIONS).isPresent()
                        || (!key.equals(PACKAGE)
                                && ClosestName.of(key, Set.of(PACKAGE)).isPresent()));
    }

    /** An unset variable is a fault, as for all keys that restrict. */
    private boolean isWrongFlag(Value.Tree entry, String key) {
        Value flag = entry.children().get(key);
        if (flag == null || flag.isNull() || flag instanceof Value.Unresolved || strict) {
            return false;
        }
        boolean isFlag = flag.text()
                .flatMap(text -> ScalarTypes.parse(boolean.class, text, flag.location()))
                .isPresent();
        return !isFlag && report(flag, path + "." + key, "must be a boolean, not " + SecretMasking.shown(flag, key));
    }

    private boolean isWrongConfig(Value.Tree entry) {
        Value config = entry.children().get(CONFIG);
        return config != null
                && !config.isNull()
                && !(config instanceof Value.Tree)
                && !isUnreadable(config)
                && report(config, path + "." + CONFIG, "must be an object, not " + config.kind());
    }

    private boolean report(Value place, String key, String rule) {
        report(place, key, rule, "the plugin is disabled");
        return true;
    }

    private void report(Value place, String key, String rule, String consequence) {
        if (strict) {
            problems.add(place.location(), key, rule);
        } else {
            problems.warn(place.location(), key, rule + "; " + consequence);
        }
    }

    /** An installer of Backstage would download it; it configures plugins that are not for Belfry. */
    private static boolean isForeign(Value.Tree entry) {
        Value name = entry.children().get(PACKAGE);
        return name != null
                && name.text().filter(text -> !PackageName.isJar(text)).isPresent();
    }

    private static Value.Tree withoutConfig(Value.Tree entry) {
        Map<String, Value> keys = new LinkedHashMap<>(entry.children());
        keys.remove(CONFIG);
        return new Value.Tree(keys, entry.location());
    }

    private static Value.Tree disabled(Value.Tree entry) {
        Map<String, Value> keys = new LinkedHashMap<>(entry.children());
        keys.remove(ENABLED);
        keys.remove(CONFIG);
        keys.values().removeIf(PluginEntry::isUnreadable);
        keys.put(DISABLED, new Value.Scalar(true, entry.location()));
        return new Value.Tree(keys, entry.location());
    }
}
