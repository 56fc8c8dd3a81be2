package dev.belfry.host.config;

import java.util.Set;

/**
 * The top-level keys that Backstage and its widespread plugins own. Their newer and rarer keys, and those of its other
 * plugins, are no mistake of the person who wrote them.
 */
final class BackstageSections {

    private static final Set<String> NAMES = Set.of(
            "app",
            "auth",
            "backend",
            "catalog",
            "discovery",
            "events",
            "integrations",
            "notifications",
            "organization",
            "permission",
            "signals");

    private BackstageSections() {}

    /** Whether the key at this path is in one of these sections. */
    static boolean contain(String path) {
        return NAMES.contains(path.replaceFirst("[.\\[].*", ""));
    }
}
