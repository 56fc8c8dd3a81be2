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
record PluginList(List<Entry> entries, Set<Path> files) {

    private static final String SECTION = "dynamicPlugins";

    /** @param position in its array, from 0 */
    private record Entry(Value.Tree keys, int position) {
        Entry over(Entry lower) {
            Map<String, Value> merged = new LinkedHashMap<>(lower.keys.children());
            merged.putAll(keys.children());
            return new Entry(new Value.Tree(merged, keys.location()), position);
        }
    }

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
    private record Entries(boolean strict, Problems problems, Map<String, Entry> byName) {

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
                int position = i;
                String place = path + "[" + i + "]";
                new PluginEntry(place, items.items().get(i), strict, problems)
                        .usable()
                        .ifPresent(entry -> add(place, new Entry(entry, position), here));
            }
        }

        private void add(String path, Entry entry, Set<String> here) {
            Value name = entry.keys().children().get(PluginEntry.PACKAGE);
            String key = name == null
                    ? "line " + entry.keys().location()
                    : name.text().map(PackageName::of).orElse("");
            if (!here.add(key) && PackageName.isJar(key)) {
                problems.warn(
                        entry.keys().location(),
                        path + "." + PluginEntry.PACKAGE,
                        "'" + key + "' is in this list already; the keys of this later entry count");
            }
            byName.merge(key, entry, (lower, upper) -> upper.over(lower));
        }
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
        for (Value.Tree entry : trees()) {
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

    private List<Value.Tree> trees() {
        return entries.stream().map(Entry::keys).toList();
    }

    private Value.Tree list() {
        SourceLocation location = entries.getFirst().keys().location();
        Value items = new Value.Items(
                List.copyOf(trees()),
                location,
                entries.stream().map(Entry::position).toList());
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
