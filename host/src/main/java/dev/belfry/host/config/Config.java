package dev.belfry.host.config;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.spelling.ClosestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The whole configuration, merged. */
public final class Config {

    /** Has a section for the database of each plugin. */
    private static final String DATABASES = "backend.database.plugin";

    /** Read when no file is given. */
    public static final Path DEFAULT_FILE = Path.of("config", "app-config.yaml");

    /** The launcher runs Java in Belfry's own folder and passes the caller's. */
    private static final String CALLER = "BELFRY_CALLER";

    private final Value.Tree tree;
    private final Path workingDirectory;
    private final List<Path> files;
    private final Map<String, Object> values;
    private final Map<String, String> environment;
    private final Notices notices;
    private final Set<Path> referenced;

    private Config(
            Value.Tree tree,
            Path workingDirectory,
            List<Path> files,
            Map<String, Object> values,
            Map<String, String> environment,
            Set<Path> referenced,
            Notices notices) {
        this.tree = tree;
        this.referenced = Set.copyOf(referenced);
        this.notices = notices;
        this.files = List.copyOf(files);
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
    }

    /** Reads {@link #DEFAULT_FILE}. */
    public static Config loadDefault() {
        return load(List.of(DEFAULT_FILE));
    }

    /** Reads files; later files win, and the environment of this process overrides them. */
    public static Config load(List<Path> files) {
        return load(files, System.getenv(), Path.of("").toAbsolutePath());
    }

    /** @throws ConfigurationException naming every file that cannot be read */
    public static Config load(List<Path> files, Map<String, String> environment, Path workingDirectory) {
        return load(files, Map.of(), environment, workingDirectory);
    }

    /**
     * @param values set in the code of an application, by dotted path; they override the files
     * @throws ConfigurationException naming every file that cannot be read
     * @throws IllegalArgumentException naming a value whose class no configuration value has
     */
    public static Config load(
            List<Path> files, Map<String, Object> values, Map<String, String> environment, Path workingDirectory) {
        Notices notices = new Notices();
        Problems problems = new Problems(notices);
        PathSearch search = new PathSearch(folders(environment, workingDirectory), notices);
        SourceLocation defaults = new SourceLocation("defaults", 0, workingDirectory, search);
        Substitution substitution = new Substitution(environment);
        Value.Tree merged = new Value.Tree(Map.of(), defaults);
        for (Path file : files) {
            Path absolute = workingDirectory.resolve(file);
            if (Files.isDirectory(absolute)) {
                problems.add(file + ": is a folder, not a file");
            } else if (Files.exists(absolute)) {
                Value.Tree content = YamlReader.read(absolute, file.toString(), search, problems);
                switch (substitution.ofFile(content)) {
                    case Value.Tree tree -> {
                        OtherKinds.inPlaceOfConfiguration(tree).ifPresent(problems::add);
                        merged = ConfigMerge.over(merged, tree);
                    }
                    case Value.Unresolved unresolved ->
                        problems.add(unresolved.location() + ": " + unresolved.reason());
                    case Value other ->
                        problems.add(other.location() + ": must contain an object, not " + other.kind());
                }
            } else {
                problems.add(
                        file + ": the file does not exist (looked for " + absolute + ")" + unreadableName(absolute));
            }
        }
        merged = ConfigMerge.over(merged, CodeValues.in(values, defaults));
        merged = ConfigMerge.over(merged, EnvironmentOverrides.in(environment, defaults, problems));
        PluginList plugins = PluginList.in(merged, problems);
        Value.Tree complete = plugins.into(merged, problems);
        problems.throwIfAny();
        Set<Path> referenced = new LinkedHashSet<>(substitution.files());
        referenced.addAll(plugins.files());
        return new Config(complete, workingDirectory, files, values, environment, referenced, notices);
    }

    /** Java cannot open a file whose name is not in the encoding of the system. */
    private static String unreadableName(Path file) {
        return file.toString().indexOf('\uFFFD') < 0
                ? ""
                : ". The name of the file or of a folder above it is not UTF-8: rename it";
    }

    private static List<Path> folders(Map<String, String> environment, Path workingDirectory) {
        String caller = environment.get(CALLER);
        return caller == null ? List.of(workingDirectory) : List.of(Path.of(caller), workingDirectory);
    }

    /** Notes for the operator about this configuration. More are added while it is bound. */
    public Notices notices() {
        return notices;
    }

    /** Reads the same files again, with the values and the environment of the first time. */
    Config readAgain() {
        return load(files, values, environment, workingDirectory);
    }

    /** The files that it was read from, absolute, also the files of {@code $file}, {@code $include} and {@code dynamicPlugins.file}. */
    Set<Path> files() {
        Set<Path> all = new LinkedHashSet<>();
        files.forEach(file -> all.add(workingDirectory.resolve(file)));
        all.addAll(referenced);
        return all;
    }

    /** The keys in the host's sections that differ from another configuration. */
    Set<String> differentHostKeys(Config other) {
        Set<String> different = new TreeSet<>();
        HostSections.NAMES.forEach(section -> ValuePath.differences(
                section, tree.children().get(section), other.tree.children().get(section), different));
        return different;
    }

    /** The top-level sections that differ from another configuration. */
    Set<String> differences(Config other) {
        Set<String> different = new TreeSet<>(topLevel());
        different.addAll(other.topLevel());
        different.removeIf(section -> {
            Value value = tree.children().get(section);
            Value before = other.tree.children().get(section);
            return value == null ? before == null : value.isSameAs(before);
        });
        return different;
    }

    /** Paths that no file contains are relative to this folder. */
    public Path workingDirectory() {
        return workingDirectory;
    }

    /**
     * Where a key is written, or the nearest object around it.
     *
     * @param key dotted, such as {@code plugins.required}
     */
    public SourceLocation place(String key) {
        return ValuePath.place(tree, key);
    }

    /**
     * Adds file and line to the faults about keys of files and folders that are found only when they are used.
     *
     * @param faulty whose faults begin with the key
     */
    public ConfigurationException placed(ConfigurationException faulty, String... keys) {
        return new ConfigurationException(faulty.faults().stream()
                .map(fault -> Arrays.stream(keys)
                        .filter(key -> fault.startsWith(key + ": ") && ValuePath.at(tree, key) != null)
                        .findFirst()
                        .map(key -> place(key) + ": " + fault)
                        .orElse(fault))
                .toList());
    }

    /** Top-level sections, in the order of the files. */
    private Set<String> topLevel() {
        return tree.children().keySet();
    }

    /**
     * Binds a plugin's section to a record; see {@link dev.belfry.api.PluginContext#config}.
     *
     * @param section a top-level key; a missing section is an empty object
     */
    public <T extends Record> T bind(String section, Class<T> type) {
        Problems problems = new Problems(notices);
        return binder(problems).bind(section, mapAt(section, problems), type);
    }

    /**
     * Binds the host's own sections to a record.
     *
     * @throws ConfigurationException naming every problem
     */
    public <T extends Record> T bindHost(Class<T> type) {
        Map<String, Value> own = new LinkedHashMap<>(tree.children());
        own.keySet().retainAll(HostSections.NAMES);
        Problems problems = new Problems(notices);
        HostSections.requireSpelling(tree, type, problems);
        return binder(problems).bind("", new Value.Tree(own, tree.location()), type);
    }

    /**
     * One of several objects that are bound on their own.
     *
     * @param value empty if there are faults
     */
    public record Part<T>(Optional<T> value, List<String> faults) {}

    /**
     * Binds each object below a key of the host's sections to a record; a fault costs only the object that has it.
     *
     * @param key dotted, such as {@code backend.database.plugin}
     * @param rules checks a bound record
     * @throws ConfigurationException when the value of the key is no object
     */
    public <T extends Record> Map<String, Part<T>> bindEach(String key, Class<T> type, BiConsumer<T, Checks> rules) {
        Value value = ValuePath.at(tree, key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Value.Tree all)) {
            throw new ConfigurationException(
                    List.of(value.location() + ": " + key + ": must be an object, not " + value.kind()));
        }
        Map<String, Part<T>> parts = new LinkedHashMap<>();
        all.children().forEach((name, part) -> {
            if (!part.isNull()) {
                parts.put(name, part(ValuePath.join(key, name), part, type, rules));
            }
        });
        return parts;
    }

    private <T extends Record> Part<T> part(String path, Value value, Class<T> type, BiConsumer<T, Checks> rules) {
        Problems problems = new Problems(notices);
        try {
            Value.Tree part = object(path, value, problems);
            T bound = binder(problems).bind(path, part, type);
            rules.accept(bound, new Checks(path, part, problems));
            problems.throwIfAny();
            return new Part<>(Optional.of(bound), List.of());
        } catch (ConfigurationException faulty) {
            return new Part<>(Optional.empty(), faulty.faults());
        }
    }

    private RecordBinder binder(Problems problems) {
        return new RecordBinder(problems, new SourceLocation("defaults", 0, workingDirectory));
    }

    /**
     * Checks a plugin's section against rules.
     *
     * @throws ConfigurationException naming every problem
     */
    public void check(String section, SectionRules rules) {
        Problems problems = new Problems(notices);
        new SectionCheck(problems).check(section, mapAt(section, problems), rules);
        problems.throwIfAny();
    }

    private Value.Tree mapAt(String section, Problems problems) {
        Value value = tree.children().get(section);
        return switch (value) {
            case null ->
                new Value.Tree(Map.of(), tree.location().as("the configuration has no section '" + section + "'"));
            case Value empty when empty.isNull() -> new Value.Tree(Map.of(), empty.location());
            default -> object(section, value, problems);
        };
    }

    /** An empty one, and a problem, if it is none. */
    private static Value.Tree object(String path, Value value, Problems problems) {
        if (value instanceof Value.Tree found) {
            return found;
        }
        problems.add(value.location(), path, "must be an object, not " + value.kind());
        return new Value.Tree(Map.of(), value.location());
    }

    /** Adds a notice for each section that belongs neither to the host nor to one of these plugins. */
    public void noteUnusedSections(Set<String> pluginIds) {
        Set<String> known = new TreeSet<>(pluginIds);
        known.addAll(HostSections.NAMES);
        known.addAll(warnOfOptionalPlugins(known));
        noteUnused(tree, "", known);
        if (ValuePath.at(tree, DATABASES) instanceof Value.Tree databases) {
            noteUnused(databases, DATABASES + ".", pluginIds);
        }
    }

    /** @return the sections of plugins whose JARs have not been copied to the plugin folder */
    private Set<String> warnOfOptionalPlugins(Set<String> known) {
        OptionalPlugins optional = OptionalPlugins.in(workingDirectory);
        Set<String> unused = new TreeSet<>(topLevel());
        unused.removeAll(known);
        unused.removeIf(section -> optional.jarOf(section).isEmpty());
        unused.forEach(section -> notices.warn(place(section) + ": " + section + ": has no effect: there is no plugin '"
                + section + "'. To use it, copy " + optional.jarOf(section).orElseThrow() + " to the plugin folder"));
        return unused;
    }

    private void noteUnused(Value.Tree sections, String prefix, Set<String> known) {
        sections.children().forEach((section, value) -> {
            if (!known.contains(section)) {
                ClosestName.of(section, known)
                        .filter(near -> ClosestName.distance(section, near) <= HostSections.mostErrors(near))
                        .ifPresentOrElse(
                                near -> notices.warn(value.location() + ": " + prefix + section
                                        + ": belongs to no plugin and has no effect; did you mean '" + near + "'?"),
                                () -> notices.ignore(prefix + section));
            }
        });
    }
}
