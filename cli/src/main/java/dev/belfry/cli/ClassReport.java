package dev.belfry.cli;

import dev.belfry.host.HostVersion;
import dev.belfry.host.config.Config;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Dependency;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.DynamicPluginSettings;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The classes that a plugin's own classes refer to and that it cannot see. A host accepts the JAR and warns; code that needs them fails.
 *
 * @param missing each with a class that refers to it
 * @param unchecked as {@code missing}, of a plugin that depends on others whose JARs are not there, and may export these classes
 */
record ClassReport(List<String> missing, List<String> unchecked) {

    private static final ClassReport NOTHING = new ClassReport(List.of(), List.of());

    static ClassReport of(Path jar, Config config) {
        DynamicPluginSettings settings = HostSettings.from(config).dynamicPlugins();
        try (TempFolder folder = TempFolder.create("belfry")) {
            PluginDiscovery discovery = new PluginDiscovery(
                    HostVersion.current(), folder.path().resolve("plugins"), new PluginTrust(settings));
            return of(
                    discovery.look(jar),
                    discovery,
                    List.of(jar.toAbsolutePath().resolveSibling(""), settings.rootDirectory()));
        } catch (Refusal refused) {
            return NOTHING;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param folders with JARs on which the plugin may depend */
    private static ClassReport of(Candidate plugin, PluginDiscovery discovery, List<Path> folders) throws IOException {
        Map<String, String> alone = plugin.missingClasses(_ -> false);
        List<Dependency> dependencies = plugin.descriptor().dependencies();
        if (alone.isEmpty() || dependencies.isEmpty()) {
            return new ClassReport(lines(alone), List.of());
        }
        List<Candidate> others = new ArrayList<>();
        for (Path folder : folders) {
            others.addAll(discovery.among(JarFolder.jarsIn(folder)).candidates());
        }
        TreeSet<String> unknown =
                new TreeSet<>(dependencies.stream().map(Dependency::id).toList());
        others.forEach(other -> unknown.remove(other.descriptor().id()));
        List<String> missing = lines(plugin.missingClasses(name -> others.stream()
                .filter(other -> dependencies.stream()
                        .anyMatch(named -> named.id().equals(other.descriptor().id())))
                .anyMatch(other -> other.exports(name))));
        return unknown.isEmpty()
                ? new ClassReport(missing, List.of())
                : new ClassReport(
                        List.of(),
                        Stream.concat(
                                        missing.stream(),
                                        missing.isEmpty()
                                                ? Stream.of()
                                                : Stream.of("no JAR of " + String.join(", ", unknown) + " is in "
                                                        + folders))
                                .toList());
    }

    private static List<String> lines(Map<String, String> missing) {
        return missing.entrySet().stream()
                .map(entry -> "its class " + entry.getValue() + " refers to " + entry.getKey()
                        + ", which is neither in the JAR nor visible to plugins: pack the library into the JAR")
                .toList();
    }
}
