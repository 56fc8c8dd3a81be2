package dev.belfry.host.config;

/** The package of an entry of a list of plugins. */
public final class PackageName {

    private static final String JAR = ".jar";

    private PackageName() {}

    /** Whether it names a JAR, and not what an installer has to download, such as {@code oci://...}. */
    public static boolean isJar(String name) {
        return name.endsWith(JAR) && !name.contains("://");
    }

    /** The file name of a JAR, which is in the folder of dynamic plugins wherever its path leads. Other packages stay as they are. */
    public static String of(String written) {
        return isJar(written) ? written.replaceFirst(".*/", "") : written;
    }
}
