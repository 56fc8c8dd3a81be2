package dev.belfry.host.config;

import java.util.Set;

/**
 * The top-level keys that Backstage and its widespread plugins own. Their newer and rarer keys, and the keys of its other
 * plugins, are no mistake of the person who wrote them. The same holds for the entries of dynamic plugins, which the installer of
 * Red Hat Developer Hub defines.
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

    private static final String PLUGIN_ENTRY = "dynamicPlugins.plugins[";

    private BackstageSections() {}

    /** Whether the key at this path is one of them. */
    static boolean contain(String path) {
        return path.startsWith(PLUGIN_ENTRY) || NAMES.contains(path.replaceFirst("[.\\[].*", ""));
    }
}
