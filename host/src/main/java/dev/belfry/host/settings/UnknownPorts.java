package dev.belfry.host.settings;

import dev.belfry.host.config.Config;
import dev.belfry.host.description.RequestedPorts;
import dev.belfry.host.spelling.ClosestName;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds ports of plugins that the configuration names and for which the plugin does not ask. */
public final class UnknownPorts {

    /** Such as {@code app-config.yaml:7: ports.notifications.storage: }, by port. */
    private final Map<String, String> configured = new TreeMap<>();

    /** @param config from which the ports come */
    public UnknownPorts(PortSettings ports, Config config) {
        ports.suppliers().keySet().forEach(port -> {
            String key = "ports." + port;
            configured.put(port, config.place(key) + ": " + key + ": ");
        });
    }

    /**
     * @param location the plugin's JAR or folder of classes
     * @return a fault for each port that the plugin does not have; all ports, if their names cannot be read
     */
    public List<String> faults(String pluginId, URL location) throws IOException {
        String beginning = pluginId + ".";
        List<String> named = configured.keySet().stream()
                .filter(port -> port.startsWith(beginning))
                .map(port -> port.substring(beginning.length()))
                .toList();
        if (named.isEmpty()) {
            return List.of();
        }
        Optional<Set<String>> requested = RequestedPorts.in(location);
        return named.stream()
                .filter(name -> requested.filter(ports -> ports.contains(name)).isEmpty())
                .map(name -> configured.get(beginning + name) + fault(pluginId, name, requested))
                .toList();
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
