package dev.belfry.host.config;

import dev.belfry.host.config.DynamicPluginSettings.Listed;
import dev.belfry.host.config.DynamicPluginSettings.TrustPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code dynamicPlugins}. */
final class DynamicPluginsReader {

    /** Length of a hash in bytes, by algorithm. */
    private static final Map<String, Integer> ALGORITHMS = Map.of("sha256", 32, "sha384", 48, "sha512", 64);

    /** The maximum of a JAR without Zip64. */
    private static final long MAX_SIZE = 4L << 30;

    private final Section.Reading reading;

    DynamicPluginsReader(Section.Reading reading) {
        this.reading = reading;
    }

    DynamicPluginSettings read(Section root, PluginList list, Path workingDirectory) {
        try (Section dynamic = root.section("dynamicPlugins")) {
            TrustPolicy trust = dynamic.choice("trust", TrustPolicy.class).orElse(TrustPolicy.ANY);
            Optional<Path> certificates = dynamic.file("certificates");
            if (trust == TrustPolicy.SIGNED && certificates.isEmpty()) {
                dynamic.problem("certificates", "is required where trust is signed: a PEM file with certificates");
            }
            dynamic.value("file");
            dynamic.value("plugins");
            // Backstage's frontend plugins.
            dynamic.ignore("frontend");
            return new DynamicPluginSettings(
                    dynamic.file("rootDirectory").orElse(workingDirectory.resolve("dynamic-plugins")),
                    trust,
                    certificates,
                    dynamic.number("maxSize", 1, MAX_SIZE).orElse(DynamicPluginSettings.DEFAULT_MAX_SIZE),
                    plugins(list, trust));
        }
    }

    private List<Listed> plugins(PluginList list, TrustPolicy trust) {
        List<Listed> plugins = new ArrayList<>();
        for (Value.Tree entry : list.entries()) {
            try (Section section = new Section("dynamicPlugins.plugins[]", Optional.of(entry), reading)) {
                plugin(section, entry.location(), trust).ifPresent(plugins::add);
            }
        }
        return plugins;
    }

    private static Optional<Listed> plugin(Section section, SourceLocation location, TrustPolicy trust) {
        section.section("pluginConfig");
        // For downloads, which Belfry does not do.
        section.value("pullPolicy");
        section.value("forceDownload");
        boolean disabled = section.flag("disabled").orElse(false);
        Optional<String> integrity = section.text("integrity").filter(text -> isIntegrity(section, text));
        Optional<Listed> listed = section.required("package")
                .map(name -> new Listed(fileName(name), disabled, integrity, location.toString()));
        if (trust == TrustPolicy.LISTED
                && listed.filter(Listed::isJar).isPresent()
                && !disabled
                && section.peek("integrity") == null) {
            section.problem("integrity", "is required where trust is listed; './belfry plugins verify JAR' prints it");
        }
        return listed;
    }

    /** A path is reduced to the file name; the JAR is in the folder of dynamic plugins. */
    private static String fileName(String name) {
        return name.contains("://") || !name.endsWith(".jar") ? name : name.replaceFirst(".*/", "");
    }

    private static boolean isIntegrity(Section section, String text) {
        String[] parts = text.split("-", 2);
        try {
            if (parts.length == 2
                    && ALGORITHMS.containsKey(parts[0])
                    && Base64.getDecoder().decode(parts[1]).length == ALGORITHMS.get(parts[0])) {
                return true;
            }
        } catch (IllegalArgumentException e) {
            // Invalid base64: reported below.
        }
        section.problem("integrity", "must be sha512-, sha384- or sha256- and a hash in base64, not '" + text + "'");
        return false;
    }
}
