package dev.belfry.host.http;

import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.Unavailability;
import jakarta.servlet.http.HttpServlet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin, or which part of the host, serves which paths. Immutable: a replacement of a plugin is one new table.
 *
 * @param apis by plugin id
 * @param pages by path; none is below another one
 * @param unavailable the plugins that should run and do not, by id
 */
record Mounts(Map<String, Mount> apis, Map<String, Mount> pages, Map<String, Unavailability> unavailable) {

    private static final String API = "/api/";

    /** The target of a path. */
    record Mount(String plugin, String contextPath, HttpServlet servlet, InFlightRequests inFlight) {}

    static Mounts none() {
        return new Mounts(Map.of(), Map.of(), Map.of());
    }

    static boolean isApi(String path) {
        return path.startsWith(API);
    }

    /** Replaces the API and the pages of a plugin in one step. */
    Mounts with(Mount api, List<Mount> pagesOfPlugin) {
        Map<String, Mount> nextApis = new HashMap<>(apis);
        nextApis.put(api.plugin(), api);
        Map<String, Mount> nextPages = new HashMap<>(pages);
        nextPages.values().removeIf(mount -> mount.plugin().equals(api.plugin()));
        pagesOfPlugin.forEach(mount -> nextPages.put(mount.contextPath(), mount));
        return new Mounts(Map.copyOf(nextApis), Map.copyOf(nextPages), unavailable);
    }

    Mounts withUnavailable(String plugin, Unavailability why) {
        Map<String, Unavailability> next = new HashMap<>(unavailable);
        next.put(plugin, why);
        return new Mounts(apis, pages, Map.copyOf(next));
    }

    Mounts withoutUnavailable(String plugin) {
        Map<String, Unavailability> next = new HashMap<>(unavailable);
        next.remove(plugin);
        return new Mounts(apis, pages, Map.copyOf(next));
    }

    /** Without a generation; another one of the same plugin stays. */
    Mounts without(String plugin, InFlightRequests inFlight) {
        Map<String, Mount> nextApis = new HashMap<>(apis);
        nextApis.computeIfPresent(plugin, (id, mount) -> mount.inFlight() == inFlight ? null : mount);
        Map<String, Mount> nextPages = new HashMap<>(pages);
        nextPages.values().removeIf(mount -> mount.inFlight() == inFlight);
        return new Mounts(Map.copyOf(nextApis), Map.copyOf(nextPages), unavailable);
    }

    /** @param path raw, never decoded: a different spelling is a different path */
    Optional<Mount> find(String path) {
        return Optional.ofNullable(isApi(path) ? apis.get(pluginOf(path)) : pageAt(path));
    }

    private @Nullable Mount pageAt(String path) {
        int end = 0;
        for (int segments = 0; segments < PathClaims.MAX_SEGMENTS && end < path.length(); segments++) {
            int slash = path.indexOf('/', end + 1);
            end = slash < 0 ? path.length() : slash;
            Mount found = pages.get(path.substring(0, end));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The plugin whose API a path belongs to; empty for other paths. */
    static String pluginOf(String path) {
        if (!isApi(path)) {
            return "";
        }
        int end = path.indexOf('/', API.length());
        return end < 0 ? path.substring(API.length()) : path.substring(API.length(), end);
    }

    /** A plugin that is not available yet; its pages are not known. */
    Optional<String> anyWaiting() {
        return unavailable.entrySet().stream()
                .filter(plugin -> plugin.getValue() instanceof Unavailability.NotYet)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }
}
