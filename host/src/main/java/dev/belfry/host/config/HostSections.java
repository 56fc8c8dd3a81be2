package dev.belfry.host.config;

import java.util.Set;

/** The top-level keys that belong to the host; every other one belongs to the plugin with that id. */
final class HostSections {

    static final Set<String> NAMES =
            Set.of("backend", "auth", "permission", "catalog", "belfry", "dynamicPlugins", "plugins", "ports");

    private HostSections() {}
}
