package dev.belfry.host.settings;

import dev.belfry.host.config.Accepted;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.config.PackageName;
import dev.belfry.host.config.Range;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.SourceLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code dynamicPlugins}: which JARs are accepted.
 *
 * @param folder the folder of dynamic plugins; Belfry's own folder if the configured one does not exist, as outside of the image of Red Hat
 *     Developer Hub
 * @param certificateFile PEM file of trusted signers; present when {@code trust} is {@code SIGNED}
 * @param maxSize maximum size of a JAR in bytes; twice that unpacked
 * @param plugins entries for single JARs
 */
@Accepted("file")
@Ignored("frontend")
public record DynamicPluginSettings(
        @Key("rootDirectory") @Default(OWN_FOLDER) NamedFile folder,
        @Restriction @Default("any") TrustPolicy trust,
        @Key("certificates") Optional<NamedFile> certificateFile,

        @Default("" + DEFAULT_MAX_SIZE) @Range(min = 1, max = MAX_SIZE)
        long maxSize,

        List<Listed> plugins)
        implements Checked {

    public static final long DEFAULT_MAX_SIZE = 256L << 20;

    /** The maximum of a JAR without Zip64. */
    private static final long MAX_SIZE = 4L << 30;

    private static final String OWN_FOLDER = "dynamic-plugins";

    public DynamicPluginSettings {
        folder = folder.orOfHost(OWN_FOLDER);
    }

    public Path rootDirectory() {
        return folder.path();
    }

    public Optional<Path> certificates() {
        return certificateFile.map(NamedFile::path);
    }

    @Override
    public void check(Checks checks) {
        if (trust == TrustPolicy.SIGNED && certificateFile.isEmpty()) {
            checks.fault("certificates", "is required where trust is signed: a PEM file with certificates");
        }
        certificateFile
                .filter(file -> trust == TrustPolicy.SIGNED && !file.exists())
                .ifPresent(file -> checks.fault("certificates", "the file " + file.absence()));
        if (folder.text().isBlank()) {
            checks.fault("rootDirectory", "is empty: write a path, or remove the key");
        } else if (folder.isOther()) {
            checks.warn(
                    "rootDirectory",
                    "the folder " + folder.absence() + ". The plugins of " + folder.path() + " are used");
        } else if (checks.isWritten("rootDirectory") && !folder.exists()) {
            checks.warn("rootDirectory", "the folder " + folder.absence());
        }
        for (int i = 0; i < plugins.size(); i++) {
            Listed listed = plugins.get(i);
            if (listed.isJar() && !listed.isDisabled()) {
                checkJar(checks, listed, "plugins[" + i + "]");
            }
        }
        List<Listed> foreign = plugins.stream()
                .filter(listed -> !listed.isJar() && !listed.isDisabled())
                .toList();
        if (!foreign.isEmpty()) {
            checks.inform(
                    "plugins[" + plugins.indexOf(foreign.getFirst()) + "]",
                    "these entries are not JARs and not for Belfry, which downloads nothing and does not read their"
                            + " pluginConfig: " + named(foreign));
        }
    }

    /** The names and lines of the entries. An entry of another file than the first entry has its file as well. */
    private static String named(List<Listed> entries) {
        String file = entries.getFirst().place().source();
        return entries.stream()
                .map(entry -> entry.name() + " ("
                        + (entry.place().source().equals(file)
                                ? "line " + entry.place().line()
                                : entry.place())
                        + ")")
                .collect(Collectors.joining(", "));
    }

    private void checkJar(Checks checks, Listed listed, String key) {
        if (trust == TrustPolicy.LISTED && listed.integrity().isEmpty()) {
            checks.fault(
                    key + ".integrity", "is required where trust is listed; './belfry plugins verify JAR' prints it");
        }
        listed.wrongIntegrity().ifPresent(broken -> {
            String rule = broken + ", not '" + listed.integrity().orElse("") + "'";
            if (trust == TrustPolicy.LISTED) {
                checks.fault(key + ".integrity", rule);
            } else {
                checks.warn(key + ".integrity", rule + "; the JAR is refused");
            }
        });
        if (Files.notExists(rootDirectory().resolve(listed.name()))) {
            String missing = "there is no '" + listed.name() + "' in " + rootDirectory();
            if (trust == TrustPolicy.LISTED) {
                checks.fault(key + ".package", missing);
            } else {
                checks.warn(key + ".package", missing);
            }
        }
    }

    /** Which JARs may run. */
    public enum TrustPolicy {
        /** Every JAR in the folder: write access to the folder is trusted. */
        ANY,
        /** JARs that are listed with their hash. */
        LISTED,
        /** JARs that are signed by a trusted signer. */
        SIGNED
    }

    /**
     * One entry of the list.
     *
     * @param name a JAR's file name, or another form that Backstage allows, such as {@code oci://...}
     * @param disabled as the key says; see {@link #isDisabled}
     * @param enabled the opposite key, of other installers
     * @param integrity {@code sha512-}, {@code sha384-} or {@code sha256-} and the hash in base64
     * @param place file and line
     */
    @Accepted({"dependencies", "pluginConfig", "pullPolicy", "forceDownload", "preInstalled"})
    public record Listed(
            @Key("package") String name,
            @Restriction @Default("false") boolean disabled,
            @Restriction @Default("true") boolean enabled,
            Optional<String> integrity,
            SourceLocation place)
            implements Checked {

        /** Length of a hash in bytes, by algorithm. */
        private static final Map<String, Integer> ALGORITHMS = Map.of("sha256", 32, "sha384", 48, "sha512", 64);

        /** A path is reduced to the file name; the JAR is in the folder of dynamic plugins. */
        public Listed {
            name = PackageName.of(name);
        }

        /** Whether either key disables the plugin. */
        public boolean isDisabled() {
            return disabled || !enabled;
        }

        @Override
        public void check(Checks checks) {
            if (checks.isWritten("disabled") && checks.isWritten("enabled") && disabled == enabled) {
                checks.warn("disabled", "contradicts enabled; the plugin is disabled");
            }
        }

        /** The rule that an invalid integrity breaks. The JAR cannot run then. */
        public Optional<String> wrongIntegrity() {
            return integrity
                    .filter(text -> isJar() && !isDisabled() && !isIntegrity(text))
                    .map(_ -> "must be sha512-, sha384- or sha256- and a hash in base64");
        }

        /** Whether the text names an algorithm, and a hash of its length. */
        public static boolean isIntegrity(String text) {
            String[] parts = text.split("-", 2);
            try {
                return parts.length == 2
                        && ALGORITHMS.containsKey(parts[0])
                        && Base64.getDecoder().decode(parts[1]).length == ALGORITHMS.get(parts[0]);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        public boolean isJar() {
            return PackageName.isJar(name);
        }
    }
}
