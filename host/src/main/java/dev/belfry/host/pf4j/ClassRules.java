package dev.belfry.host.pf4j;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which classes a plugin sees of the host. What stands in neither list, it never sees. */
final class ClassRules {

    /**
     * The host's only: the plugin API and the packages that its signatures need, so that both sides mean the same class. A
     * plugin must not pack them. Prefixes are as narrow as the libraries are: {@code com.fasterxml.jackson} alone would
     * refuse a plugin that packs one of its data formats.
     */
    private static final List<String> HOST_ONLY = List.of(
            "dev.belfry.api",
            "io.javalin",
            // Javalin's Context hands out the servlet's request and response.
            "jakarta.servlet",
            // Javalin is written in Kotlin: its signatures name Kotlin's functions and collections.
            "kotlin",
            "com.fasterxml.jackson.annotation",
            "io.micrometer.core",
            "io.micrometer.common",
            "io.micrometer.observation",
            "org.jspecify.annotations");

    /** Single packages of the same kind: SLF4J's bridges live beside its API, and a plugin may pack one. */
    private static final Set<String> HOST_ONLY_PACKAGES =
            Set.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    /** The platform libraries: the host offers its copy, a plugin's own copy wins. */
    private static final List<String> OFFERED = List.of(
            "org.jooq",
            // jOOQ's interfaces extend these two.
            "org.reactivestreams",
            "io.r2dbc.spi",
            "org.sqlite",
            "org.postgresql",
            // The streaming part alone: databind keeps classes of plugins in static caches.
            "com.fasterxml.jackson.core");

    private ClassRules() {}

    static boolean isHostOnly(String className) {
        return hostOnlyPackage(className).isPresent();
    }

    static boolean isOffered(String className) {
        return prefixOf(className, OFFERED).isPresent();
    }

    /** The host's own package that this entry of a JAR would stand in for. */
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
