package dev.belfry.host.settings;

import dev.belfry.host.config.Config;
import dev.belfry.host.names.HostNames;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The plugins without which a host is never ready. */
public final class NeededPlugins {

    private static final String NOT_READY = "The host is not ready until it runs";

    private NeededPlugins() {}

    /**
     * @param config from which the settings come
     * @param ids of the plugins that are there, running or not
     * @return a warning for each key of the configuration that names another plugin
     */
    public static List<String> missing(HostSettings settings, Config config, Set<String> ids) {
        List<String> missing = new ArrayList<>();
        for (String required : new TreeSet<>(settings.requiredPlugins())) {
            add(missing, config, "plugins.required", required, ids, NOT_READY);
        }
        for (String port : new TreeSet<>(settings.ports().suppliers().keySet())) {
            int dot = port.indexOf('.');
            if (dot > 0 && !ids.contains(port.substring(0, dot))) {
                add(missing, config, "ports." + port, port.substring(0, dot), ids, "Nobody asks for the port");
                continue;
            }
            Set<String> suppliers = new TreeSet<>(ids);
            suppliers.add(HostNames.BELFRY);
            settings.ports()
                    .pluginsOf(port)
                    .forEach(id -> add(missing, config, "ports." + port, id, suppliers, NOT_READY));
        }
        return missing;
    }

    private static void add(
            List<String> missing, Config config, String key, String id, Set<String> ids, String consequence) {
        if (!ids.contains(id)) {
            missing.add(config.place(key) + ": " + key + ": there is no plugin '" + id + "'"
                    + ClosestName.of(id, ids)
                            .map(near -> "; did you mean '" + near + "'? ")
                            .orElse(". ")
                    + consequence);
        }
    }
}
