package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of {@code dynamicPlugins.plugins} and of the file that {@code dynamicPlugins.file} names, in the format
 * of Red Hat Developer Hub's dynamic-plugins.yaml. Included files come first; the including file wins, key by key.
 *
 * @param files the files that the entries are from
 */
record PluginList(List<Value.Tree> entries, Set<Path> files) {

    private static final String SECTION = "dynamicPlugins";

    static PluginList in(Value.Tree config, Problems problems) {
        PluginListFiles files = new PluginListFiles(problems);
        Entries entries = new Entries(isStrict(config), problems);
        if (config.children().get(SECTION) instanceof Value.Tree dynamic) {
            if (dynamic.children().get("file") instanceof Value.Scalar(String name, SourceLocation location)) {
                files.arrays(name, location).forEach(plugins -> entries.add(PluginListFiles.PLUGINS, plugins));
            }
            entries.add(
                    SECTION + "." + PluginListFiles.PLUGINS, dynamic.children().get(PluginListFiles.PLUGINS));
        }
        return new PluginList(List.copyOf(entries.byName.values()), Set.copyOf(files.files()));
    }

    /** Whether the operator wants listed JARs only: then each entry must be right. */
    private static boolean isStrict(Value.Tree config) {
        Value trust = ValuePath.at(config, SECTION + ".trust");
        return trust != null && trust.text().filter("listed"::equalsIgnoreCase).isPresent();
    }

    /** Collects the entries of all arrays. */
    private record Entries(boolean strict, Problems problems, Map<String, Value.Tree> byName) {

        Entries(boolean strict, Problems problems) {
            this(strict, problems, new LinkedHashMap<>());
        }

        /** @param path of the array in its file */
        void add(String path, @Nullable Value plugins) {
            if (plugins == null || plugins.isNull()) {
                return;
            }
            if (!(plugins instanceof Value.Items items)) {
                problems.add(plugins.location(), path, "must be an array, not " + plugins.kind());
                return;
            }
            Set<String> here = new LinkedHashSet<>();
            for (int i = 0; i < items.items().size(); i++) {
                String place = path + "[" + i + "]";
                new PluginEntry(place, items.items().get(i), strict, problems)
                        .usable()
                        .ifPresent(entry -> add(place, entry, here));
            }
        }

        private void add(String path, Value.Tree entry, Set<String> here) {
            Value name = entry.children().get(PluginEntry.PACKAGE);
            String key = name == null
                    ? "line " + entry.location()
                    : name.text().map(PackageName::of).orElse("");
            if (!here.add(key) && PackageName.isJar(key)) {
                problems.warn(
                        entry.location(),
                        path + "." + PluginEntry.PACKAGE,
                        "'" + key + "' is in this list already; the keys of this later entry count");
            }
            byName.merge(key, entry, PluginList::byKey);
        }
    }

    private static Value.Tree byKey(Value.Tree lower, Value.Tree upper) {
        Map<String, Value> merged = new LinkedHashMap<>(lower.children());
        merged.putAll(upper.children());
        return new Value.Tree(merged, upper.location());
    }

    /**
     * The configuration with these entries as its list, merged over the {@code pluginConfig} of the entries. Entries cannot
     * set the host's own keys: each entry that tries is a warning.
     */
    Value.Tree into(Value.Tree config, Problems problems) {
        if (entries.isEmpty()) {
            return config;
        }
        Value.Tree all = new Value.Tree(Map.of(), config.location());
        for (Value.Tree entry : entries) {
            if (!isDisabled(entry) && entry.children().get(PluginEntry.CONFIG) instanceof Value.Tree fragment) {
                Map<String, Value> own = new LinkedHashMap<>(fragment.children());
                own.keySet().removeAll(HostSections.NAMES);
                warnOfHostSections(entry, fragment, problems);
                Value.Tree part = new Value.Tree(own, fragment.location());
                requireAgreement("", all, part, problems);
                all = ConfigMerge.over(all, part);
            }
        }
        return ConfigMerge.over(ConfigMerge.over(all, config), list());
    }

    private static void warnOfHostSections(Value.Tree entry, Value.Tree fragment, Problems problems) {
        List<String> sections = fragment.children().keySet().stream()
                .filter(HostSections.NAMES::contains)
                // Entries of Red Hat Developer Hub have the settings of the front end there.
                .filter(section -> !section.equals(SECTION))
                .toList();
        if (!sections.isEmpty()) {
            String name = Optional.ofNullable(entry.children().get(PluginEntry.PACKAGE))
                    .flatMap(Value::text)
                    .orElse("");
            problems.warn(
                    ValuePath.place(fragment, sections.getFirst()),
                    PluginEntry.CONFIG + " of " + name,
                    "has no effect on sections of the host: " + String.join(", ", sections)
                            + ". Write them at the top level of the configuration");
        }
    }

    private Value.Tree list() {
        SourceLocation location = entries.getFirst().location();
        Value items = new Value.Items(List.copyOf(entries), location);
        return new Value.Tree(Map.of(SECTION, new Value.Tree(Map.of("plugins", items), location)), location);
    }

    private static boolean isDisabled(Value.Tree entry) {
        return is(entry, PluginEntry.DISABLED, true) || is(entry, PluginEntry.ENABLED, false);
    }

    private static boolean is(Value.Tree entry, String key, boolean wanted) {
        Value value = ValuePath.at(entry, key);
        return value != null
                && value.text()
                        .flatMap(text -> ScalarTypes.parse(boolean.class, text, value.location()))
                        .filter(given -> given.equals(wanted))
                        .isPresent();
    }

    /** Two entries must not set one key to different values: the result would depend on their order. */
    private static void requireAgreement(String path, Value.Tree one, Value.Tree other, Problems problems) {
        other.children().forEach((key, second) -> {
            Value first = one.children().get(key);
            String inner = path.isEmpty() ? key : path + "." + key;
            if (first == null) {
                return;
            }
            if (first instanceof Value.Tree a && second instanceof Value.Tree b) {
                requireAgreement(inner, a, b, problems);
            } else if (!first.text().equals(second.text())) {
                problems.add(second.location() + ": pluginConfig." + inner + ": differs from the value at "
                        + first.location());
            }
        });
    }
}
