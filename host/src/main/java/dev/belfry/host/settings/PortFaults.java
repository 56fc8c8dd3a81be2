package dev.belfry.host.settings;

import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.config.Config;
import dev.belfry.host.description.ClassConstants;
import dev.belfry.host.description.RequestedPorts;
import dev.belfry.host.spelling.ClosestName;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Finds ports of plugins that the configuration names and for which the plugin does not ask, and suppliers that do not supply. */
public final class PortFaults {

    private static final Map<String, Class<?>> HOST_PORTS =
            Map.of("catalog", Catalog.class, PortSettings.IDENTITY, Identity.class, "permission", Permissions.class);

    private final PortSettings ports;

    /** Such as {@code app-config.yaml:7: ports.notifications.storage: }, by port. */
    private final Map<String, String> places = new TreeMap<>();

    /** @param config from which the ports come */
    public PortFaults(PortSettings ports, Config config) {
        this.ports = ports;
        ports.suppliers().keySet().forEach(port -> {
            String key = "ports." + port;
            places.put(port, config.place(key) + ": " + key + ": ");
        });
    }

    /**
     * @param location the plugin's JAR or folder of classes
     * @return a fault for each port that the plugin does not have (for all of them, if their names cannot be read), and for each port
     *     of the host that it is to supply and does not
     */
    public List<String> faults(String pluginId, URL location) throws IOException {
        List<String> faults = unknown(pluginId, location);
        for (String port : places.keySet()) {
            Class<?> type = HOST_PORTS.get(port);
            if (type != null
                    && ports.pluginsOf(port).contains(pluginId)
                    && !ClassConstants.include(location, type.getName())) {
                faults.add(places.get(port) + notProvided(pluginId, type.getName()));
            }
        }
        return faults;
    }

    /**
     * @param location the plugin's JAR or folder of classes
     * @param locations of a plugin that is there, by its id: of one that supplies a port
     * @return a fault for each port of the plugin whose supplier is there and does not provide it
     */
    public List<String> notSupplied(String pluginId, URL location, Function<String, List<URL>> locations)
            throws IOException {
        List<String> faults = new ArrayList<>();
        for (String name : namesOf(pluginId)) {
            String port = pluginId + "." + name;
            for (String supplier : ports.pluginsOf(port)) {
                List<URL> found = locations.apply(supplier);
                Optional<String> type = RequestedPorts.in(location).map(types -> types.get(name));
                if (!found.isEmpty() && type.isPresent() && !anyIncludes(found, type.get())) {
                    faults.add(places.get(port) + notProvided(supplier, type.get()));
                }
            }
        }
        return faults;
    }

    private static boolean anyIncludes(List<URL> locations, String type) throws IOException {
        for (URL location : locations) {
            if (ClassConstants.include(location, type)) {
                return true;
            }
        }
        return false;
    }

    private static String notProvided(String supplier, String type) {
        return "the plugin '" + supplier + "' does not provide " + type;
    }

    /** The ports of a plugin that the configuration names. */
    private List<String> namesOf(String pluginId) {
        String beginning = pluginId + ".";
        return places.keySet().stream()
                .filter(port -> port.startsWith(beginning))
                .map(port -> port.substring(beginning.length()))
                .toList();
    }

    private List<String> unknown(String pluginId, URL location) throws IOException {
        List<String> unknown = new ArrayList<>();
        List<String> named = namesOf(pluginId);
        if (!named.isEmpty()) {
            Optional<Set<String>> requested = RequestedPorts.in(location).map(SortedMap::keySet);
            named.stream()
                    .filter(name ->
                            requested.filter(known -> known.contains(name)).isEmpty())
                    .forEach(name -> unknown.add(places.get(pluginId + "." + name) + fault(pluginId, name, requested)));
        }
        return unknown;
    }

    private static String fault(String pluginId, String name, Optional<Set<String>> requested) {
        if (requested.isEmpty()) {
            return "the code of the plugin '" + pluginId
                    + "' computes the names of its ports, so they cannot be configured;"
                    + " its author must write them as constants";
        }
        Set<String> ports = requested.get();
        if (ports.isEmpty()) {
            return "the plugin '" + pluginId + "' has no ports";
        }
        return "the plugin '" + pluginId + "' has no such port; "
                + ClosestName.of(name, ports)
                        .map(near -> "did you mean '" + near + "'? ")
                        .orElse("")
                + "its ports: " + String.join(", ", ports);
    }
}
