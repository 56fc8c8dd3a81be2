package dev.belfry.host.settings;

import dev.belfry.host.config.Config;
import dev.belfry.host.description.PluginDescription;
import dev.belfry.host.spelling.ClosestName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
     * @param names of the ports for which the plugin asks, such as {@code storage}
     * @return a warning for each port that does not exist
     */
    public List<String> warnings(String pluginId, Set<String> names) {
        return warnings(
                pluginId,
                name -> !names.contains(name),
                name -> "the plugin '" + pluginId + "' has no such port"
                        + ClosestName.of(name, names)
                                .map(near -> "; did you mean '" + near + "'? ")
                                .orElse(". ")
                        + "The key has no effect");
    }

    /**
     * The same for a plugin that does not run.
     *
     * @param descriptions of its versions; without one, nothing is known
     */
    public List<String> warnings(String pluginId, Collection<PluginDescription> descriptions) {
        if (descriptions.isEmpty()) {
            return List.of();
        }
        if (descriptions.stream().allMatch(description -> description.ports().isPresent())) {
            return warnings(
                    pluginId,
                    descriptions.stream()
                            .flatMap(description -> description.ports().orElseThrow().stream())
                            .collect(Collectors.toSet()));
        }
        return warnings(
                pluginId,
                _ -> true,
                _ -> "is not checked: the names of the ports of the plugin '" + pluginId
                        + "' are known only when it runs, because its code computes them");
    }

    private List<String> warnings(String pluginId, Predicate<String> isMeant, UnaryOperator<String> message) {
        String beginning = pluginId + ".";
        return configured.entrySet().stream()
                .filter(port -> port.getKey().startsWith(beginning))
                .filter(port -> isMeant.test(port.getKey().substring(beginning.length())))
                .map(port -> port.getValue() + message.apply(port.getKey().substring(beginning.length())))
                .toList();
    }

    /** Whether the configuration names ports of a plugin. */
    public boolean concern(String pluginId) {
        return configured.keySet().stream().anyMatch(port -> port.startsWith(pluginId + "."));
    }
}
