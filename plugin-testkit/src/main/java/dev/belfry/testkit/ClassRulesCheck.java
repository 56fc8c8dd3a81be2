package dev.belfry.testkit;

import dev.belfry.host.HostVersion;
import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks that a plugin sees the classes that it needs when a host runs it from its JAR. */
final class ClassRulesCheck {

    private ClassRulesCheck() {}

    /**
     * @param others JARs of plugins on which it may depend
     * @param classPath has further such plugins
     * @throws IllegalStateException naming the missing classes; a JAR that the host refuses is the host's to report
     */
    static void check(Path jar, List<Path> others, ClassLoader classPath, Path work, Config config) {
        PluginDiscovery discovery = new PluginDiscovery(
                HostVersion.current(),
                work.resolve("plugins"),
                new PluginTrust(HostSettings.from(config).dynamicPlugins()));
        List<Candidate> neighbors =
                new ArrayList<>(discovery.onClassPath(classPath).candidates());
        neighbors.addAll(discovery.among(others).candidates());
        try {
            Map<String, String> missing = discovery
                    .look(jar)
                    .missingClasses(name -> neighbors.stream().anyMatch(neighbor -> neighbor.exports(name)));
            if (!missing.isEmpty()) {
                throw new IllegalStateException(missing.entrySet().stream()
                        .map(entry -> entry.getValue() + " refers to " + entry.getKey()
                                + ", which is neither in the JAR nor visible to plugins: pack the library into the JAR")
                        .collect(Collectors.joining("; ")));
            }
        } catch (Refusal refused) {
            // The host says so.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
