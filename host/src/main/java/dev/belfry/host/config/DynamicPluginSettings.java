package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code dynamicPlugins}: which JARs are taken.
 *
 * @param rootDirectory where they are dropped
 * @param certificates a PEM file: whose signatures are believed; there when {@code trust} is {@code SIGNED}
 * @param maxSize the most bytes that a JAR may have; unpacked, it may have twice as many
 * @param plugins what the operator says of single JARs
 */
public record DynamicPluginSettings(
        Path rootDirectory, TrustPolicy trust, Optional<Path> certificates, long maxSize, List<Listed> plugins) {

    public static final long DEFAULT_MAX_SIZE = 256L << 20;

    /** Which JARs may run. */
    public enum TrustPolicy {
        /** Every JAR in the folder: who may write there is trusted. */
        ANY,
        /** Those that are listed with their hash. */
        LISTED,
        /** Those that are signed by somebody who is known. */
        SIGNED
    }

    /**
     * One entry of the list.
     *
     * @param name a JAR's file name; or what else the family has there, such as {@code oci://...}
     * @param disabled it must not run
     * @param integrity {@code sha512-}, {@code sha384-} or {@code sha256-} and the hash in base64
     * @param place file and line
     */
    public record Listed(String name, boolean disabled, Optional<String> integrity, String place) {

        public boolean isJar() {
            return name.endsWith(".jar") && !name.contains("://");
        }
    }
}
