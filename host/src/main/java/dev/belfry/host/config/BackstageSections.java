package dev.belfry.host.config;

import java.util.Map;
import java.util.Optional;
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

    /**
     * Keys of Backstage's notifications plugin and its modules for e-mail and Slack (config.schema.json of
     * plugin-notifications-backend 0.6.11, -module-email 0.3.25, -module-slack 0.4.6), and the behavior of Belfry instead.
     */
    private static final Map<String, String> INSTEAD = Map.of(
            "notifications.processors",
            "has no effect: Belfry sends no e-mail and no messages to Slack; people read notifications in their inbox. To"
                    + " pass on those of an inbox, let a program follow GET /api/notifications/stream",
            "notifications.defaultSettings",
            "has no effect: users choose in the inbox what they mute",
            "notifications.concurrencyLimit",
            "has no effect: there are no processors whose work it could limit",
            "notifications.throttleInterval",
            "has no effect: there are no processors whose work it could slow down");

    private BackstageSections() {}

    static Optional<String> instead(String path) {
        return Optional.ofNullable(INSTEAD.get(path));
    }

    /** Whether an unknown key may name a policy, which is never ignored: without it, users may do more than it says. */
    static boolean mayBePolicy(String path) {
        return path.matches("permission\\..*(?i)polic[^.]*");
    }

    /** Whether the key at this path is one of them. */
    static boolean contain(String path) {
        return path.startsWith(PLUGIN_ENTRY) || NAMES.contains(path.replaceFirst("[.\\[].*", ""));
    }
}
