package dev.belfry.host.settings;

import dev.belfry.host.config.Checks;
import dev.belfry.host.names.HostNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code ports}: who supplies which port.
 *
 * @param suppliers by the dotted name of the port, such as {@code notifications.storage}: ids of plugins, and {@link HostNames#BELFRY}, in
 *     the order in which they are asked
 */
public record PortSettings(Map<String, List<String>> suppliers) {

    /** The port that can have several suppliers. */
    static final String IDENTITY = "identity";

    /** Others belong to plugins. */
    private static final Set<String> HOST_PORTS = Set.of("catalog", IDENTITY, "permission");

    /** Without ports of plugins that the plugin itself supplies, which is the default. */
    public Map<String, List<String>> suppliedByOthers() {
        return suppliers.entrySet().stream()
                .filter(port -> !pluginsOf(port.getKey()).isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether the host itself supplies a port of its own, alone or among others. */
    public boolean isBuiltIn(String port) {
        return of(port).contains(HostNames.BELFRY);
    }

    /** Whether nobody but the host supplies a port of its own. */
    boolean isOnlyBuiltIn(String port) {
        return of(port).equals(List.of(HostNames.BELFRY));
    }

    private List<String> of(String port) {
        return suppliers.getOrDefault(port, List.of(HostNames.BELFRY));
    }

    /** The plugins that supply a port, without the plugin that has the port. */
    Set<String> pluginsOf(String port) {
        return of(port).stream()
                .filter(id -> !id.equals(HostNames.BELFRY) && !port.startsWith(id + "."))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The plugins that supply ports of the host. A plugin waits for the suppliers of its own ports. */
    public Set<String> plugins() {
        return HOST_PORTS.stream().flatMap(port -> pluginsOf(port).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The ports of the host itself that a plugin supplies, alone or among others. */
    public List<String> hostPortsOf(String pluginId) {
        return HOST_PORTS.stream()
                .filter(port -> pluginsOf(port).contains(pluginId))
                .sorted()
                .toList();
    }

    void check(Checks checks) {
        suppliers.forEach((port, ids) -> check(port, ids, checks));
        suppliers.keySet().forEach(port -> {
            List<String> circle = circleOf(port);
            if (!circle.isEmpty()) {
                checks.fault(
                        "ports." + port,
                        "makes the plugin '" + circle.getFirst() + "' wait for itself: " + String.join(" -> ", circle)
                                + ". Without the key, a plugin supplies its own port");
            }
        });
    }

    /** The way from the owner of a port over suppliers back to itself; empty if there is none. */
    private List<String> circleOf(String port) {
        int dot = port.indexOf('.');
        if (dot < 0) {
            return List.of();
        }
        String owner = port.substring(0, dot);
        for (String supplier : pluginsOf(port)) {
            List<String> way = new ArrayList<>(List.of(owner));
            if (leadsTo(owner, supplier, way)) {
                return way;
            }
        }
        return List.of();
    }

    private boolean leadsTo(String goal, String id, List<String> way) {
        if (!id.equals(goal) && way.contains(id)) {
            return false;
        }
        way.add(id);
        if (id.equals(goal)) {
            return true;
        }
        for (Map.Entry<String, List<String>> port : suppliers.entrySet()) {
            if (port.getKey().startsWith(id + ".")
                    && pluginsOf(port.getKey()).stream().anyMatch(next -> leadsTo(goal, next, way))) {
                return true;
            }
        }
        way.removeLast();
        return false;
    }

    /** A port of a plugin has a dot in its name; whether it exists is known when that plugin runs. */
    private static void check(String port, List<String> ids, Checks checks) {
        String key = "ports." + port;
        boolean isOfPlugin = port.indexOf('.') >= 0;
        if (!isOfPlugin && !HOST_PORTS.contains(port)) {
            checks.unknownKey(key, HOST_PORTS);
        } else if (isOfPlugin && HOST_PORTS.contains(port.substring(0, port.indexOf('.')))) {
            checks.fault(
                    key,
                    "is a key below a port of the host, which must name a plugin, or 'belfry' for the host itself");
        } else if (ids.isEmpty() || ids.stream().anyMatch(String::isBlank)) {
            checks.fault(key, "must name a plugin" + (isOfPlugin ? "" : ", or 'belfry' for the host itself"));
        } else if (isOfPlugin && ids.contains(HostNames.BELFRY)) {
            checks.fault(
                    key,
                    "must name a plugin: 'belfry', the host itself, supplies only "
                            + HOST_PORTS.stream().sorted().toList());
        } else if (ids.size() > 1 && !port.equals(IDENTITY)) {
            checks.fault(key, "must name one supplier, not " + ids + ": only ports.identity can have several");
        } else {
            Set<String> seen = new HashSet<>();
            ids.stream()
                    .filter(id -> !seen.add(id))
                    .distinct()
                    .forEach(id -> checks.fault(key, "names '" + id + "' twice"));
        }
    }
}
