package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code dynamicPlugins}: which JARs are accepted.
 *
 * @param rootDirectory the folder of dynamic plugins
 * @param certificates PEM file of trusted signers; present when {@code trust} is {@code SIGNED}
 * @param maxSize maximum size of a JAR in bytes; twice that unpacked
 * @param plugins entries for single JARs
 */
public record DynamicPluginSettings(
        Path rootDirectory, TrustPolicy trust, Optional<Path> certificates, long maxSize, List<Listed> plugins) {

    public static final long DEFAULT_MAX_SIZE = 256L << 20;

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
     * @param disabled whether the plugin is disabled
     * @param integrity {@code sha512-}, {@code sha384-} or {@code sha256-} and the hash in base64
     * @param place file and line
     */
    public record Listed(String name, boolean disabled, Optional<String> integrity, String place) {

        public boolean isJar() {
            return name.endsWith(".jar") && !name.contains("://");
        }
    }
}
