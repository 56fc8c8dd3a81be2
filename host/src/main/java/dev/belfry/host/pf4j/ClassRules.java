package dev.belfry.host.pf4j;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which classes of the host are visible to plugins. Everything else is hidden. */
final class ClassRules {

    /**
     * Always the host's: the plugin API and the packages in its signatures, so that both sides share the classes.
     * Plugins must not pack them. The prefixes are narrow: {@code com.fasterxml.jackson} alone would reject a plugin
     * that packs one of its data formats.
     */
    private static final List<String> HOST_ONLY = List.of(
            "dev.belfry.api",
            "io.javalin",
            // Javalin's Context exposes the servlet request and response.
            "jakarta.servlet",
            // Javalin is written in Kotlin: its signatures use Kotlin's functions and collections.
            "kotlin",
            "com.fasterxml.jackson.annotation",
            "io.micrometer.core",
            "io.micrometer.common",
            "io.micrometer.observation",
            "org.jspecify.annotations");

    /** Single packages of the same kind: SLF4J's bridges are in subpackages, and a plugin may pack one. */
    private static final Set<String> HOST_ONLY_PACKAGES =
            Set.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    /** The platform libraries: provided by the host, unless the plugin packs its own copy. */
    private static final List<String> OFFERED = List.of(
            "org.jooq",
            // Used in jOOQ's interfaces.
            "org.reactivestreams",
            "io.r2dbc.spi",
            "org.sqlite",
            "org.postgresql",
            "com.github.benmanes.caffeine",
            // Only the streaming part: databind keeps classes of plugins in static caches.
            "com.fasterxml.jackson.core");

    private ClassRules() {}

    static boolean isHostOnly(String className) {
        return hostOnlyPackage(className).isPresent();
    }

    static boolean isOffered(String className) {
        return prefixOf(className, OFFERED).isPresent();
    }

    /** The host-only package that this JAR entry belongs to. */
    static Optional<String> hostOnlyPackageOf(String entry) {
        return entry.endsWith(ClassEntryName.SUFFIX)
                ? hostOnlyPackage(new ClassEntryName(entry).className())
                : Optional.empty();
    }

    private static Optional<String> hostOnlyPackage(String className) {
        int end = className.lastIndexOf('.');
        String own = end < 0 ? "" : className.substring(0, end);
        return HOST_ONLY_PACKAGES.contains(own) ? Optional.of(own) : prefixOf(className, HOST_ONLY);
    }

    private static Optional<String> prefixOf(String className, List<String> prefixes) {
        return prefixes.stream()
                .filter(prefix -> className.startsWith(prefix)
                        && className.length() > prefix.length()
                        && className.charAt(prefix.length()) == '.')
                .findFirst();
    }
}
