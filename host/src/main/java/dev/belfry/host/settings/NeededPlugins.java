package dev.belfry.host.settings;

import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The plugins without which a host is never ready. */
public final class NeededPlugins {

    private NeededPlugins() {}

    /**
     * @param ids of the plugins that are there, running or not
     * @return a warning for each key of the configuration that names another plugin
     */
    public static List<String> missing(HostSettings settings, Set<String> ids) {
        List<String> missing = new ArrayList<>();
        for (String required : new TreeSet<>(settings.requiredPlugins())) {
            add(missing, "plugins.required", required, ids);
        }
        new TreeMap<>(settings.ports()).forEach((port, supplier) -> add(missing, "ports." + port, supplier, ids));
        return missing;
    }

    private static void add(List<String> missing, String key, String id, Set<String> ids) {
        if (!ids.contains(id)) {
            missing.add(key + ": there is no plugin '" + id + "'"
                    + ClosestName.of(id, ids)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(".")
                    + " The host is not ready until it runs");
        }
    }
}
