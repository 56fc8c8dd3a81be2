package dev.belfry.host.extension;

import dev.belfry.host.spelling.ClosestName;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Finds ports of a plugin that the configuration names and for which the plugin does not ask. */
public final class UnknownPorts {

    private UnknownPorts() {}

    /**
     * @param names of the ports for which the plugin asks, such as {@code storage}
     * @param configured the ports that the configuration names, such as {@code notifications.storage}; also of other plugins
     * @return a warning for each
     */
    public static List<String> warnings(String pluginId, Set<String> names, Collection<String> configured) {
        String beginning = pluginId + ".";
        return configured.stream()
                .filter(port -> port.startsWith(beginning))
                .map(port -> port.substring(beginning.length()))
                .filter(name -> !names.contains(name))
                .sorted()
                .map(name -> "ports." + beginning + name + ": the plugin '" + pluginId + "' has no such port"
                        + ClosestName.of(name, names)
                                .map(near -> "; did you mean '" + near + "'? ")
                                .orElse(". ")
                        + "The key has no effect")
                .toList();
    }
}
