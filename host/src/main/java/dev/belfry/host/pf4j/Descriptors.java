package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.VersionManager;

/** Reads a plugin's descriptor out of a manifest, the same for JARs and for the class path, and checks every part of it. */
final class Descriptors extends ManifestPluginDescriptorFinder {

    private final VersionManager versions = new DefaultVersionManager();
    private final String apiVersion;

    /** @param apiVersion version of the plugin API, without a pre-release suffix: a snapshot must not refuse its own plugins */
    Descriptors(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    Descriptor read(Path jar) throws Refusal {
        Manifest manifest = readManifest(jar);
        if (manifest == null) {
            throw new Refusal("it has no META-INF/MANIFEST.MF, so nothing says which plugin it is");
        }
        return read(manifest);
    }

    Descriptor read(Manifest manifest) throws Refusal {
        PluginDescriptor read = createPluginDescriptor(manifest);
        String id = required(ManifestPluginDescriptorFinder.PLUGIN_ID, read.getPluginId());
        String version = required(
                ManifestPluginDescriptorFinder.PLUGIN_VERSION,
                manifest.getMainAttributes().getValue(ManifestPluginDescriptorFinder.PLUGIN_VERSION));
        checkVersion(version);
        checkApi(read.getRequires());
        List<String> dependencies = read.getDependencies().stream()
                .filter(dependency -> !dependency.isOptional())
                .map(PluginDependency::getPluginId)
                .toList();
        try {
            return new Descriptor(
                    id,
                    version,
                    read.getRequires(),
                    dependencies,
                    read.getProvider() == null ? "" : read.getProvider(),
                    read.getPluginDescription());
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

    // One odd version makes PF4J's resolver throw for every plugin, so none gets in.
    private void checkVersion(String version) throws Refusal {
        try {
            versions.compareVersions(version, version);
        } catch (RuntimeException e) {
            throw new Refusal("Plugin-Version '" + version + "' is no semantic version such as 1.2.3", e);
        }
    }

    private void checkApi(String requires) throws Refusal {
        String range = requires.strip().matches("\\d+\\.\\d+\\.\\d+") ? ">=" + requires.strip() : requires.strip();
        boolean fits;
        try {
            fits = versions.checkVersionConstraint(apiVersion, range);
        } catch (RuntimeException e) {
            throw new Refusal("Plugin-Requires '" + requires + "' is no range such as >=0.1.0 & <1.0.0", e);
        }
        if (!fits) {
            throw new Refusal("it requires plugin API " + requires + ", this host has " + apiVersion);
        }
    }
}
