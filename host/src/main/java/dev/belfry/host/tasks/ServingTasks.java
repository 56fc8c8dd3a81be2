package dev.belfry.host.tasks;

import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.host.tasks.DurableTasks.QueueState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of the serving generation of each plugin. */
public final class ServingTasks {

    private final Map<String, DurableTasks> serving = new ConcurrentHashMap<>();

    public void open(String pluginId, DurableTasks tasks) {
        tasks.open();
        serving.put(pluginId, tasks);
    }

    public void close(String pluginId, DurableTasks tasks) {
        serving.remove(pluginId, tasks);
        tasks.pause();
    }

    /** The queues of a plugin by name; empty while its database is unavailable. */
    public Optional<Map<String, QueueState>> queuesOf(String pluginId) {
        DurableTasks tasks = serving.get(pluginId);
        try {
            return Optional.of(tasks == null ? Map.of() : tasks.queues());
        } catch (DatabaseUnavailable e) {
            return Optional.empty();
        }
    }
}
