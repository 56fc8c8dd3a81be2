package dev.belfry.host.extension;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One extension or port of a generation, with an implementation for each plugin that uses it. */
final class Provided {

    private final String pluginId;
    private final String generation;
    private final Class<?> type;
    private final Function<String, ?> forCaller;
    private final Map<String, Object> implementations = new ConcurrentHashMap<>();

    /** @param forCaller creates the implementation for a calling plugin, from its id */
    <T> Provided(String pluginId, String generation, Class<T> type, Function<String, ? extends T> forCaller) {
        this.pluginId = pluginId;
        this.generation = generation;
        this.type = type;
        this.forCaller = forCaller;
    }

    String pluginId() {
        return pluginId;
    }

    String generation() {
        return generation;
    }

    Class<?> type() {
        return type;
    }

    /** Always the same object for one caller. */
    Object implementation(String callerId) {
        Object known = implementations.get(callerId);
        if (known != null) {
            return known;
        }
        // Outside of the map's lock, because this calls the plugin.
        Object created = forCaller.apply(callerId);
        Object earlier = implementations.putIfAbsent(callerId, created);
        return earlier == null ? created : earlier;
    }
}
