package dev.belfry.host.settings;

import dev.belfry.host.config.Config;
import dev.belfry.host.lifecycle.DisabledPlugins;
import dev.belfry.host.names.HostNames;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

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

    /**
     * @param config from which the settings come
     * @param isDisabled whether an operator has disabled the plugin with an id
     * @return a warning for each key of the configuration that names a disabled plugin
     */
    public static List<String> disabled(HostSettings settings, Config config, Predicate<String> isDisabled) {
        List<String> disabled = new ArrayList<>();
        new TreeSet<>(settings.requiredPlugins())
                .stream()
                        .filter(isDisabled)
                        .forEach(id -> disabled.add(disabled(config, "plugins.required", id, enable(id))));
        for (String port : new TreeSet<>(settings.ports().suppliers().keySet())) {
            settings.ports().pluginsOf(port).stream()
                    .filter(isDisabled)
                    .forEach(id -> disabled.add(disabled(
                            config,
                            "ports." + port,
                            id,
                            port.indexOf('.') < 0 ? DisabledPlugins.wayOut() : enable(id))));
        }
        return disabled;
    }

    private static String disabled(Config config, String key, String id, String wayOut) {
        return config.place(key) + ": " + key + ": an operator has disabled the plugin '" + id + "'. " + NOT_READY
                + ". " + wayOut;
    }

    private static String enable(String id) {
        return "Run ./belfry plugins enable " + id;
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
