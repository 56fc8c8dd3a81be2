package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Dependency;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.names.HostNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;

/** Reads and checks a plugin's descriptor in a manifest, for JARs and for the class path. */
final class Descriptors extends ManifestPluginDescriptorFinder {

    /** Not from PF4J: the exported packages. */
    private static final String PLUGIN_EXPORTS = "Plugin-Exports";

    private static final Pattern PACKAGE = Pattern.compile("[\\p{L}_$][\\w$]*(\\.[\\p{L}_$][\\w$]*)*");

    private final Pf4jVersionRules versions;
    private final String apiVersion;

    /**
     * @param apiVersion version of the plugin API, without a pre-release suffix: a snapshot must accept its own plugins
     */
    Descriptors(Pf4jVersionRules versions, String apiVersion) {
        this.versions = versions;
        this.apiVersion = apiVersion;
    }

    /** The id in a manifest, if it is one. */
    static Optional<String> idIn(Manifest manifest) {
        return Optional.ofNullable(manifest.getMainAttributes().getValue(ManifestPluginDescriptorFinder.PLUGIN_ID))
                .map(String::strip)
                .filter(Descriptor::isId);
    }

    Descriptor read(Manifest manifest) throws Refusal {
        PluginDescriptor read = createPluginDescriptor(manifest);
        String id = required(ManifestPluginDescriptorFinder.PLUGIN_ID, read.getPluginId());
        if (HostNames.isReserved(id)) {
            throw new Refusal("Plugin-Id '" + id + "' is reserved for the host; choose another");
        }
        String version = required(
                ManifestPluginDescriptorFinder.PLUGIN_VERSION,
                manifest.getMainAttributes().getValue(ManifestPluginDescriptorFinder.PLUGIN_VERSION));
        checkVersion(version);
        checkApi(read.getRequires());
        try {
            return new Descriptor(
                    id,
                    version,
                    read.getRequires(),
                    dependencies(id, read.getDependencies()),
                    exports(manifest.getMainAttributes().getValue(PLUGIN_EXPORTS)),
                    read.getProvider() == null ? "" : read.getProvider(),
                    read.getPluginDescription(),
                    ManifestSpelling.warnings(manifest.getMainAttributes()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()), e);
        }
    }

    private static String required(String key, @Nullable String value) throws Refusal {
        if (value == null || value.isBlank()) {
            throw new Refusal("its manifest has no " + key);
        }
        return value.strip();
    }

    // With one invalid version, PF4J's resolver throws for every plugin.
    private void checkVersion(String version) throws Refusal {
        if (!versions.isVersion(version)) {
            throw new Refusal("Plugin-Version '" + version + "' is not a semantic version such as 1.2.3");
        }
    }

    private void checkApi(String requires) throws Refusal {
        String range = requires.strip().matches("\\d+\\.\\d+\\.\\d+") ? ">=" + requires.strip() : requires.strip();
        if (!versions.isRange(range)) {
            throw new Refusal("Plugin-Requires '" + requires + "' is not a version range such as >=0.1.0 & <1.0.0");
        }
        if (!versions.isWithin(range, apiVersion)) {
            throw new Refusal("it requires plugin API " + requires + ", this host has " + apiVersion);
        }
    }

    private List<Dependency> dependencies(String id, List<PluginDependency> named) throws Refusal {
        List<Dependency> dependencies = new ArrayList<>();
        for (PluginDependency dependency : named) {
            String other = dependency.getPluginId().strip();
            String range = dependency.getPluginVersionSupport().strip();
            if (!Descriptor.isId(other)) {
                throw new Refusal("Plugin-Dependencies names '" + other + "', which is not a plugin id");
            }
            if (!versions.isRange(range)) {
                throw new Refusal("Plugin-Dependencies '" + other + "@" + range
                        + "' has no version range such as >=1.0.0 & <2.0.0 after the @");
            }
            if (other.equals(id) && dependency.isOptional()) {
                throw new Refusal("Plugin-Dependencies names the plugin itself");
            }
            dependencies.add(new Dependency(other, range, dependency.isOptional()));
        }
        return dependencies;
    }

    private static List<String> exports(@Nullable String value) throws Refusal {
        List<String> packages = new ArrayList<>();
        for (String part : value == null ? new String[0] : value.strip().split("\\s*,\\s*")) {
            if (!PACKAGE.matcher(part).matches()) {
                throw new Refusal("Plugin-Exports '" + part + "' is not a package name");
            }
            packages.add(part);
        }
        return packages;
    }
}
