package dev.belfry.host.names;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that the host has taken, so that no plugin has one as its id: a plugin's id is the name of its configuration section, of its
 * database, and of its paths.
 */
public final class HostNames {

    /** The section of the host, and its name among the suppliers of ports. */
    public static final String BELFRY = "belfry";

    /** The top-level keys of the configuration that belong to the host. */
    public static final Set<String> SECTIONS = Set.of(
            "backend",
            "auth",
            "permission",
            "catalog",
            "integrations",
            BELFRY,
            "log",
            "dynamicPlugins",
            "plugins",
            "ports");

    /** The host's endpoints below {@code /api}. */
    private static final Set<String> API = Set.of("host", "auth", "catalog");

    /** The first segments of the host's other paths. */
    private static final Set<String> PATHS = Set.of("api", "healthz", "livez", "metrics", "readyz", "sign-in");

    /** The configuration section of Backstage's front end, which files for both applications contain. */
    private static final String FRONT_END = "app";

    private HostNames() {}

    /** Whether no plugin can have this id. */
    public static boolean isReserved(String id) {
        return id.equals(FRONT_END) || Stream.of(SECTIONS, API, PATHS).anyMatch(names -> names.contains(id));
    }

    /** @throws IllegalArgumentException when a path of the host is not known here, so that a plugin could have its name */
    public static void requireApi(String id) {
        require(API, id);
    }

    /** As {@link #requireApi}, for a path outside {@code /api}. Files, such as {@code /console.css}, are no names of plugins. */
    public static void requirePath(String path) {
        String name = path.split("/", -1)[1];
        if (!name.isEmpty() && !name.contains(".")) {
            require(PATHS, name);
        }
    }

    private static void require(Set<String> known, String name) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is a path of the host, and not among its names " + known);
        }
    }
}
