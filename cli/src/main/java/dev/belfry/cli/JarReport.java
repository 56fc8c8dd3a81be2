package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.HostVersion;
import dev.belfry.host.config.Config;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.files.TempFolder;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.LinkedContracts;
import dev.belfry.host.lifecycle.PluginCode;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.pf4j.PluginDiscovery;
import dev.belfry.host.schema.ConfigSchema;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.settings.PortFaults;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of a host with this configuration about a JAR, determined by the same code without a host.
 *
 * @param faults why it would be refused; empty = it would be accepted
 * @param isDisabled whether the operator has disabled it, which is also one of the faults
 * @param entry the entry for {@code dynamicPlugins.plugins} that accepts exactly this content
 * @param description what the JAR says about the plugin; empty if it is no plugin, or the description is wrong
 */
record JarReport(
        String file,
        Optional<Descriptor> plugin,
        boolean isDisabled,
        List<String> faults,
        Optional<String> entry,
        Optional<PluginDescription> description) {

    boolean isGood() {
        return faults.isEmpty();
    }

    /** With faults that other JARs reveal. */
    JarReport with(List<String> more) {
        List<String> all = new ArrayList<>(faults);
        all.addAll(more);
        return new JarReport(file, plugin, isDisabled, all, entry, description);
    }

    static JarReport of(Path jar, Config config) {
        HostSettings settings = HostSettings.from(config);
        PluginTrust trust = new PluginTrust(settings.dynamicPlugins());
        String name = String.valueOf(jar.getFileName());
        try (TempFolder folder = TempFolder.create("belfry")) {
            return look(name, jar, new PluginDiscovery(HostVersion.current(), folder.path(), trust), config, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JarReport look(
            String name, Path jar, PluginDiscovery discovery, Config config, HostSettings settings) throws IOException {
        Optional<String> entry = entryOf(name, jar);
        Candidate candidate;
        if (Files.notExists(jar, LinkOption.NOFOLLOW_LINKS)) {
            return noPlugin(name, "there is no file " + jar, entry);
        }
        if (!PluginDiscovery.isPlugin(jar)) {
            return noPlugin(
                    name,
                    "the host accepts files whose names end in .jar and do not begin with a dot, and no others",
                    entry);
        }
        try {
            candidate = discovery.look(jar);
        } catch (Refusal refusal) {
            return new JarReport(
                    name,
                    Optional.empty(),
                    refusal.state() == State.DISABLED,
                    List.of(refusal.reason()),
                    entry,
                    Optional.empty());
        }
        try {
            List<String> faults = new ArrayList<>(faultsOf(candidate, config));
            String id = candidate.descriptor().id();
            faults.addAll(settings.database().faultsOf(id));
            faults.addAll(new PortFaults(settings.ports(), config).faults(id, candidate.location()));
            Optional<PluginDescription> description = descriptionOf(candidate, faults);
            return new JarReport(name, Optional.of(candidate.descriptor()), false, faults, entry, description);
        } finally {
            candidate.discard();
        }
    }

    private static JarReport noPlugin(String name, String fault, Optional<String> entry) {
        return new JarReport(name, Optional.empty(), false, List.of(fault), entry, Optional.empty());
    }

    private static List<String> faultsOf(Candidate candidate, Config config) {
        Descriptor plugin = candidate.descriptor();
        try {
            // Dependencies are not available here, so exports that refer to them cannot be checked.
            if (plugin.dependencies().isEmpty()) {
                candidate.contract(Map.of());
            }
            requirePluginClass(candidate);
            Optional<ConfigSchema> schema = ConfigSchema.in(candidate.location());
            if (schema.isPresent()) {
                config.check(plugin.id(), schema.get());
                SectionRecord.check(candidate, schema.get(), config);
            }
            return List.of();
        } catch (Refusal refusal) {
            return List.of(refusal.reason());
        } catch (ConfigurationException faulty) {
            return faulty.faults();
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static void requirePluginClass(Candidate candidate) throws Refusal {
        boolean isAlone = candidate.descriptor().dependencies().isEmpty();
        try {
            LinkedContracts linked = new LinkedContracts(candidate.contract(Map.of()), Map.of());
            try (PluginCode code = candidate.load(candidate.descriptor().id() + "#check", linked)) {
                code.check();
            }
        } catch (LinkageError e) {
            // Its class may extend one of a dependency, which is not available here.
            if (isAlone) {
                throw new Refusal("its plugin class cannot be loaded: " + e, e);
            }
        }
    }

    private static Optional<PluginDescription> descriptionOf(Candidate candidate, List<String> faults) {
        try {
            return Optional.of(PluginDescription.of(candidate.location()));
        } catch (IllegalArgumentException wrong) {
            faults.add(String.valueOf(wrong.getMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> entryOf(String name, Path jar) {
        try {
            return Optional.of("{package: " + name + ", integrity: " + PluginTrust.integrityOf(jar) + "}");
        } catch (Refusal unreadable) {
            return Optional.empty();
        }
    }
}
