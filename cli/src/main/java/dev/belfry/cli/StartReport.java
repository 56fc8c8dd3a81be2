package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.cli.tracing.ProcessTracing;
import dev.belfry.cli.tracing.TraceVariables;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.files.UnusableFolder;
import dev.belfry.host.lifecycle.DisabledPlugins;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.outgoing.OutgoingHttp;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.BelfrySettings;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.HttpsSettings;
import dev.belfry.host.settings.ListenAddress;
import dev.belfry.host.settings.NeededPlugins;
import dev.belfry.host.settings.UnmatchedRestrictions;
import dev.belfry.host.tls.CertificateExpiry;
import dev.belfry.host.trust.PluginTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The report of a start with a configuration, found by the same code without starting anything.
 *
 * @param settings present when the host's own sections have no fault
 * @param faults of the configuration, and of the files that it names
 * @param warnings that a start would log
 * @param information that a start would log
 * @param ignored keys that have no effect
 * @param jars the JARs in the folder of dynamic plugins
 */
record StartReport(
        Optional<HostSettings> settings,
        List<String> faults,
        List<String> warnings,
        List<String> information,
        Set<String> ignored,
        List<JarReport> jars) {

    /**
     * @param classPath searched for static plugins
     * @param isOnItsMachine whether the host would run here: then files of the catalog that are at URLs are fetched, and the
     *     address to listen on is tried
     */
    static StartReport of(Supplier<Config> source, ClassLoader classPath, boolean isOnItsMachine) {
        List<String> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> information = new ArrayList<>();
        faultsIn(faults, () -> ProcessTracing.check(TraceVariables.ofProcess()))
                .ifPresent(line -> line.ifPresent(warnings::add));
        Optional<Config> config = faultsIn(faults, source);
        Optional<HostSettings> settings = config.flatMap(read -> faultsIn(faults, () -> HostSettings.from(read)));
        if (config.isEmpty() || settings.isEmpty()) {
            return new StartReport(Optional.empty(), faults, warningsOf(config), List.of(), Set.of(), List.of());
        }
        warnings.addAll(settings.get().warnings());
        if (settings.get().ports().isBuiltIn("identity")) {
            AuthSettings auth = settings.get().auth();
            faultsIn(faults, () -> JwtIdentity.check(auth)).ifPresent(warnings::addAll);
        }
        FoundPlugins plugins = faultsIn(
                        faults, () -> new PluginTrust(settings.get().dynamicPlugins()))
                .map(trusted -> FoundPlugins.of(settings.get(), config.get(), classPath, faults))
                .orElse(FoundPlugins.NONE);
        warnings.addAll(plugins.warnings());
        PolicyPermissions.Checked policy = policy(settings.get(), plugins, isOnItsMachine);
        faults.addAll(policy.faults());
        warnings.addAll(policy.warnings());
        policy.information().ifPresent(information::add);
        config.get().noteUnusedSections(plugins.ids());
        if (plugins.ids().isEmpty()) {
            warnings.add(PluginDiscovery.noPluginWarning(
                    settings.get().dynamicPlugins().rootDirectory()));
        }
        BelfrySettings belfry = settings.get().belfry();
        addUnusable(config.get(), "belfry.dataDirectory", belfry.dataDirectory(), faults, warnings);
        settings.get()
                .log()
                .file()
                .ifPresent(file ->
                        addUnusable(config.get(), "log.file.path", file.path().resolveSibling(""), faults, warnings));
        if (isOnItsMachine || ListenAddress.isNumeric(settings.get().listen())) {
            String at = config.get().place(ListenAddress.KEY) + ": ";
            ListenAddress.fault(settings.get().listen()).ifPresent(fault -> {
                if (isOnItsMachine) {
                    faults.add(at + fault);
                } else {
                    warnings.add(at + fault + "; a host here does not start");
                }
            });
        }
        faultsIn(faults, () -> DisabledPlugins.in(belfry.dataDirectory().resolve(DisabledPlugins.FILE)))
                .ifPresent(disabled ->
                        warnings.addAll(NeededPlugins.disabled(settings.get(), config.get(), disabled::contains)));
        settings.get()
                .https()
                .filter(HttpsSettings.Given.class::isInstance)
                .flatMap(https -> CertificateExpiry.warning(((HttpsSettings.Given) https).certificate(), Instant.now()))
                .ifPresent(warnings::add);
        warnings.addAll(NeededPlugins.missing(settings.get(), config.get(), plugins.ids()));
        warnings.addAll(UnmatchedRestrictions.warnings(settings.get(), plugins.ids(), plugins.permissions()));
        warnings.addAll(0, warningsOf(config));
        information.addAll(0, config.get().notices().information());
        return new StartReport(
                settings, faults, warnings, information, config.get().notices().ignored(), plugins.jars());
    }

    /** Writes nothing. A folder without rights is only a warning, because another user may start the host. */
    private static void addUnusable(
            Config config, String key, Path folder, List<String> faults, List<String> warnings) {
        String at = config.place(key) + ": " + key + ": ";
        Path there = UnusableFolder.existing(folder);
        Optional<String> impossible = UnusableFolder.deadLink(folder)
                .or(() -> Optional.of(there + " is a file, not a folder").filter(_ -> !Files.isDirectory(there)));
        if (impossible.isPresent()) {
            faults.add(at + impossible.get());
        } else if (!Files.isWritable(there)) {
            warnings.add(at + "this user cannot write to " + there + "; a host of this user does not start");
        }
    }

    /** Catalog and policy, unless a plugin supplies the port. */
    private static PolicyPermissions.Checked policy(HostSettings settings, FoundPlugins plugins, boolean fetches) {
        List<String> warnings = new ArrayList<>();
        CatalogNames names = CatalogNames.UNKNOWN;
        if (settings.ports().isBuiltIn("catalog")) {
            YamlCatalog.Checked catalog = fetches ? fetched(settings) : YamlCatalog.check(settings.catalog());
            warnings.addAll(catalog.warnings());
            if (plugins.publishNoEntities()) {
                warnings.addAll(catalog.unknown());
                names = catalog.names();
            }
        }
        if (!settings.ports().isBuiltIn("permission")) {
            return new PolicyPermissions.Checked(List.of(), warnings, Optional.empty());
        }
        PolicyPermissions.Checked policy = PolicyPermissions.check(settings.permission(), names, plugins.permissions());
        warnings.addAll(policy.warnings());
        return new PolicyPermissions.Checked(policy.faults(), warnings, policy.information());
    }

    private static YamlCatalog.Checked fetched(HostSettings settings) {
        OutgoingHttp http = OutgoingHttp.open("doctor", settings.belfry().outgoing(), new SimpleMeterRegistry());
        try (http) {
            return YamlCatalog.check(settings.catalog(), http.client());
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client of the check does not stop", e);
        }
    }

    /** The faults of the configuration and of each JAR. */
    List<String> allFaults() {
        List<String> all = new ArrayList<>(faults);
        all.addAll(pluginFaults());
        return all;
    }

    /** The faults of JARs, each of which stops its plugin; the host starts without it. */
    List<String> pluginFaults() {
        return settings.map(read -> read.dynamicPlugins().rootDirectory()).stream()
                .flatMap(folder -> jars.stream()
                        .filter(jar -> !jar.isDisabled())
                        .flatMap(jar -> jar.faults().stream().map(fault -> folder.resolve(jar.file()) + ": " + fault)))
                .toList();
    }

    /** The plugins of JARs with faults that supply a port of the host: without them, the host serves nobody. */
    List<String> missingSuppliers() {
        return settings.map(HostSettings::ports).stream()
                .flatMap(ports -> jars.stream()
                        .filter(jar -> !jar.isDisabled() && !jar.isGood())
                        .flatMap(jar -> jar.plugin().stream())
                        .filter(plugin -> !ports.hostPortsOf(plugin.id()).isEmpty())
                        .map(plugin -> plugin.id() + " (ports."
                                + String.join(", ports.", ports.hostPortsOf(plugin.id())) + ")"))
                .toList();
    }

    private static List<String> warningsOf(Optional<Config> config) {
        return config.map(read -> read.notices().warnings()).orElse(List.of());
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
