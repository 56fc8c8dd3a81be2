package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a start with a configuration would report, found by the same code without starting anything.
 *
 * @param settings present when the host's own sections have no fault
 * @param faults of the configuration, and of the files that it names
 * @param warnings that a start would log
 * @param ignored keys that have no effect
 * @param jars the JARs in the folder of dynamic plugins
 */
record StartReport(
        Optional<HostSettings> settings,
        List<String> faults,
        List<String> warnings,
        Set<String> ignored,
        List<JarReport> jars) {

    static StartReport of(Supplier<Config> source) {
        List<String> faults = new ArrayList<>();
        Optional<Config> config = faultsIn(faults, source);
        Optional<HostSettings> settings = config.flatMap(read -> faultsIn(faults, () -> HostSettings.from(read)));
        if (config.isEmpty() || settings.isEmpty()) {
            return new StartReport(Optional.empty(), faults, warningsOf(config), Set.of(), List.of());
        }
        List<String> warnings = new ArrayList<>();
        if (!settings.get().ports().containsKey("identity")) {
            warnings.addAll(JwtIdentity.check(settings.get().auth()));
        }
        warnings.addAll(YamlCatalog.check(settings.get().catalog()));
        faultsIn(faults, () -> PolicyPermissions.check(settings.get().permission()))
                .ifPresent(warnings::addAll);
        List<JarReport> jars = faultsIn(
                        faults, () -> new PluginTrust(settings.get().dynamicPlugins()))
                .map(trusted -> jars(settings.get(), config.get(), faults))
                .orElse(List.of());
        Set<String> ids = new LinkedHashSet<>();
        jars.forEach(jar -> jar.plugin().ifPresent(plugin -> ids.add(plugin.id())));
        config.get().noteUnusedSections(ids);
        if (ids.isEmpty()) {
            warnings.add(PluginDiscovery.noPluginWarning(
                    settings.get().dynamicPlugins().rootDirectory()));
        }
        warnings.addAll(0, warningsOf(config));
        return new StartReport(
                settings, faults, warnings, config.get().notices().ignored(), jars);
    }

    /** The faults of the configuration and of each JAR. */
    List<String> allFaults() {
        List<String> all = new ArrayList<>(faults);
        jars.stream()
                .filter(jar -> !jar.isDisabled())
                .forEach(jar -> jar.faults().forEach(fault -> all.add(jar.file() + ": " + fault)));
        return all;
    }

    private static List<String> warningsOf(Optional<Config> config) {
        return config.map(read -> read.notices().warnings()).orElse(List.of());
    }

    private static List<JarReport> jars(HostSettings settings, Config config, List<String> faults) {
        Path folder = settings.dynamicPlugins().rootDirectory();
        try {
            return JarFolder.jarsIn(folder).stream()
                    .map(jar -> JarReport.of(jar, config))
                    .toList();
        } catch (IOException e) {
            faults.add("dynamicPlugins.rootDirectory: " + folder + ": " + RegularFile.reason(folder, e));
            return List.of();
        }
    }

    private static <T> Optional<T> faultsIn(List<String> faults, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (ConfigurationException faulty) {
            faults.addAll(faulty.faults());
            return Optional.empty();
        }
    }
}
