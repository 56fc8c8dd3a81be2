package dev.belfry.cli;

import dev.belfry.host.HostVersion;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.config.Config;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.OptionalDependencies;
import dev.belfry.host.lifecycle.TakenId;
import dev.belfry.host.operations.HostPermissions;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.PortFaults;
import dev.belfry.host.spelling.ClosestName;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plugins that a start would find, in the folder of dynamic plugins and on the class path.
 *
 * @param jars the JARs in the folder
 * @param descriptions by plugin id; two versions of a plugin have two
 * @param warnings of JARs that are not used
 */
record FoundPlugins(List<JarReport> jars, Map<String, List<PluginDescription>> descriptions, List<String> warnings) {

    static final FoundPlugins NONE = new FoundPlugins(List.of(), Map.of(), List.of());

    /**
     * @param classPath searched for static plugins
     * @param faults gets what is wrong beside the JARs
     */
    static FoundPlugins of(HostSettings settings, Config config, ClassLoader classPath, List<String> faults) {
        PluginDiscovery discovery = new PluginDiscovery(
                HostVersion.current(),
                settings.belfry().dataDirectory().resolve("plugins"),
                new PluginTrust(settings.dynamicPlugins()));
        PortFaults ports = new PortFaults(settings.ports(), config);
        List<Candidate> onClassPath = discovery.onClassPath(classPath).candidates();
        Path folder = settings.dynamicPlugins().rootDirectory();
        List<JarReport> jars = jars(folder, config, faults);
        Map<String, List<URL>> locations = locations(onClassPath, jars, folder);
        FoundPlugins found = new FoundPlugins(
                jars.stream()
                        .map(jar -> jar.with(jar.plugin()
                                .map(plugin -> notSupplied(ports, plugin.id(), location(folder, jar), locations))
                                .orElse(List.of())))
                        .toList(),
                new LinkedHashMap<>(),
                new ArrayList<>(misspelled(jars)));
        found.warnings.addAll(shadowed(onClassPath, jars));
        found.jars.forEach(jar -> jar.plugin().ifPresent(plugin -> found.add(plugin.id(), jar.description())));
        for (Candidate candidate : onClassPath) {
            String id = candidate.descriptor().id();
            try {
                found.add(id, Optional.of(PluginDescription.of(candidate.location())));
                faults.addAll(settings.database().faultsOf(id));
                faults.addAll(ports.faults(id, candidate.location()));
                faults.addAll(notSupplied(ports, id, candidate.location(), locations));
            } catch (IOException | IllegalArgumentException e) {
                faults.add("plugin " + id + " of the class path: " + e.getMessage());
            }
        }
        found.warnings.addAll(misspelledDependencies(onClassPath, jars, found.ids()));
        return found;
    }

    private static List<String> misspelled(List<JarReport> jars) {
        return jars.stream()
                .flatMap(jar -> jar.plugin().stream()
                        .flatMap(plugin -> plugin.warnings().stream().map(warning -> jar.file() + ": " + warning)))
                .toList();
    }

    private static List<String> misspelledDependencies(
            List<Candidate> onClassPath, List<JarReport> jars, Set<String> ids) {
        return Stream.concat(
                        onClassPath.stream()
                                .map(plugin -> OptionalDependencies.misspelled(
                                        plugin.descriptor(), Optional.empty(), ids, ClosestName::of)),
                        jars.stream()
                                .flatMap(jar -> jar.plugin().stream()
                                        .map(plugin -> OptionalDependencies.misspelled(
                                                plugin, Optional.of(Path.of(jar.file())), ids, ClosestName::of))))
                .flatMap(List::stream)
                .toList();
    }

    /** The JARs that would not run because another plugin has their id, each as a start says it. */
    private static List<String> shadowed(List<Candidate> onClassPath, List<JarReport> jars) {
        Map<String, TakenId> taken = new HashMap<>();
        onClassPath.forEach(candidate ->
                taken.putIfAbsent(candidate.descriptor().id(), new TakenId(candidate.descriptor(), Optional.empty())));
        List<String> shadowed = new ArrayList<>();
        jars.stream()
                .filter(jar -> jar.plugin().isPresent())
                .sorted(Comparator.comparing(
                        (JarReport jar) -> jar.plugin().orElseThrow().version(),
                        PluginDiscovery.versions().reversed()))
                .forEach(jar -> {
                    Descriptor plugin = jar.plugin().orElseThrow();
                    Optional<Path> file = Optional.of(Path.of(jar.file()));
                    if (taken.containsKey(plugin.id())) {
                        shadowed.add(taken.get(plugin.id()).warning(plugin, file));
                    } else if (jar.isGood()) {
                        taken.put(plugin.id(), new TakenId(plugin, file));
                    }
                });
        return shadowed;
    }

    /** The locations of the plugins that would run, by id. */
    private static Map<String, List<URL>> locations(List<Candidate> onClassPath, List<JarReport> jars, Path folder) {
        Map<String, List<URL>> locations = new HashMap<>();
        onClassPath.forEach(candidate -> add(locations, candidate.descriptor().id(), candidate.location()));
        jars.stream()
                .filter(JarReport::isGood)
                .forEach(jar -> jar.plugin().ifPresent(plugin -> add(locations, plugin.id(), location(folder, jar))));
        return locations;
    }

    private static void add(Map<String, List<URL>> locations, String id, URL location) {
        locations.computeIfAbsent(id, _ -> new ArrayList<>()).add(location);
    }

    private static URL location(Path folder, JarReport jar) {
        try {
            return folder.resolve(jar.file()).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> notSupplied(
            PortFaults ports, String id, URL location, Map<String, List<URL>> locations) {
        try {
            return ports.notSupplied(id, location, supplier -> locations.getOrDefault(supplier, List.of()));
        } catch (IOException e) {
            return List.of("the classes of plugin " + id + " cannot be read: " + e.getMessage());
        }
    }

    private static List<JarReport> jars(Path folder, Config config, List<String> faults) {
        try {
            return JarFolder.jarsIn(folder).stream()
                    .map(jar -> JarReport.of(jar, config))
                    .toList();
        } catch (IOException e) {
            faults.add("dynamicPlugins.rootDirectory: " + folder + ": " + RegularFile.reason(folder, e));
            return List.of();
        }
    }

    private void add(String id, Optional<PluginDescription> description) {
        description.ifPresent(descriptions.computeIfAbsent(id, _ -> new ArrayList<>())::add);
    }

    Set<String> ids() {
        return descriptions.keySet();
    }

    /** Whether the catalog would have the users and groups of its files, and no others. */
    boolean publishNoEntities() {
        return descriptions.values().stream().flatMap(List::stream).noneMatch(PluginDescription::mayPublishEntities);
    }

    /** The permissions that the host and these plugins would declare. */
    DeclaredPermissions permissions() {
        DeclaredPermissions declared = new DeclaredPermissions();
        HostPermissions.all().forEach((id, permissions) -> declared.declare(id, permissions, Set.of()));
        descriptions.forEach((id, all) -> all.forEach(description -> description
                .permissions()
                .ifPresentOrElse(
                        described -> declared.declare(id, described.all(), described.grantedByDefault()),
                        () -> declared.unknown(id))));
        return declared;
    }
}
