package dev.belfry.host.health;

import dev.belfry.api.health.HealthCheck;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Whether the host can do its work now: each plugin that should run does, and says that it is well. */
public final class Health {

    private final Set<String> required;
    private final Supplier<List<PluginStatus>> plugins;
    private final Map<String, HealthCheck> checks = new ConcurrentSkipListMap<>();
    private volatile boolean started;

    /** @param required ids of the plugins without which the host is not ready */
    public Health(Set<String> required, Supplier<List<PluginStatus>> plugins) {
        this.required = Set.copyOf(required);
        this.plugins = plugins;
    }

    /** @return takes the check away again */
    public AutoCloseable add(String pluginId, String name, HealthCheck check) {
        String key = pluginId + ": " + name;
        if (checks.putIfAbsent(key, check) != null) {
            throw new IllegalArgumentException("there is a health check '" + name + "' already");
        }
        return () -> checks.remove(key, check);
    }

    /** From here on readiness is asked of the plugins; until then the answer is no. */
    public void started() {
        started = true;
    }

    public void stopping() {
        started = false;
    }

    /** What keeps the host from being ready; empty = ready. */
    public List<String> obstacles() {
        if (!started) {
            return List.of("the host is starting or stopping");
        }
        List<String> obstacles = new ArrayList<>();
        List<PluginStatus> statuses = plugins.get();
        for (PluginStatus plugin : statuses) {
            if (isObstacle(plugin)) {
                obstacles.add("plugin '" + plugin.id() + "' is " + plugin.state());
            }
        }
        required.stream()
                .filter(id -> statuses.stream().noneMatch(plugin -> plugin.id().equals(id)))
                .forEach(id -> obstacles.add("plugin '" + id + "' is required and not there"));
        checks.forEach((name, check) -> ask(name, check, obstacles));
        return obstacles;
    }

    private boolean isObstacle(PluginStatus plugin) {
        return plugin.state() == State.WAITING
                || plugin.state() == State.STARTING
                || (plugin.state() != State.RUNNING && required.contains(plugin.id()));
    }

    private static void ask(String name, HealthCheck check, List<String> obstacles) {
        try {
            check.check();
        } catch (Exception | LinkageError e) {
            obstacles.add(name + ": " + e.getMessage());
        }
    }
}
