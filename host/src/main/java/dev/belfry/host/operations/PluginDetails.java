package dev.belfry.host.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belfry.host.extension.Extensions;
import dev.belfry.host.health.Health;
import dev.belfry.host.http.HttpServer;
import dev.belfry.host.lifecycle.Lifecycle;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.metrics.Meters;
import dev.belfry.host.scheduling.JobHistory;
import dev.belfry.host.schema.ConfigSchemas;
import dev.belfry.host.tasks.DurableTasks;
import dev.belfry.host.tasks.ServingTasks;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All information about a plugin, collected from the parts of the host. */
public final class PluginDetails {

    private final Lifecycle lifecycle;
    private final HttpServer http;
    private final Extensions extensions;
    private final Health health;
    private final Meters meters;
    private final ConfigSchemas schemas;
    private final ServingTasks tasks;
    private final JobHistory jobs;

    public PluginDetails(
            Lifecycle lifecycle,
            HttpServer http,
            Extensions extensions,
            Health health,
            Meters meters,
            ConfigSchemas schemas,
            ServingTasks tasks,
            JobHistory jobs) {
        this.jobs = jobs;
        this.schemas = schemas;
        this.tasks = tasks;
        this.lifecycle = lifecycle;
        this.http = http;
        this.extensions = extensions;
        this.health = health;
        this.meters = meters;
    }

    /**
     * The complete information about one plugin.
     *
     * @param plugin the running version; if none runs, the one that should
     * @param versions all versions, including the one above
     * @param mounts paths outside {@code /api} with its pages
     * @param provides types of the ports and extension points that it supplies now
     * @param permissions that it declares, as its JAR describes them
     * @param health results of its health checks: {@code ok}, or the problem
     * @param jobs of its serving generation
     * @param queues depth and dead letters of its queues, by name; null while its database is unavailable
     * @param configSchema JSON Schema of its configuration; null when it has none
     */
    record Details(
            PluginSummary plugin,
            List<PluginSummary> versions,
            List<HttpServer.DeclaredRoute> routes,
            List<HttpServer.DeclaredMount> mounts,
            List<PluginPermission> permissions,
            Set<String> provides,
            Map<String, String> health,
            Meters.Requests requests,
            List<JobHistory.JobState> jobs,
            @Nullable Map<String, DurableTasks.QueueState> queues,
            @Nullable JsonNode configSchema) {}

    List<PluginSummary> all() {
        return lifecycle.statuses().stream().map(PluginSummary::of).toList();
    }

    Optional<Details> of(String id) {
        List<PluginStatus> versions = lifecycle.statuses().stream()
                .filter(status -> status.id().equals(id))
                .sorted(Comparator.comparing(status -> status.state() != State.RUNNING))
                .toList();
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Details(
                PluginSummary.of(versions.getFirst()),
                versions.stream().map(PluginSummary::of).toList(),
                http.routesOf(id),
                http.mountsOf(id),
                http.declaredBy(id).map(PluginPermission::of).orElse(List.of()),
                new TreeSet<>(extensions.providedBy(id)),
                health.checksOf(id),
                meters.requestsOf(id),
                versions.getFirst().generation().map(jobs::of).orElse(List.of()),
                tasks.queuesOf(id).orElse(null),
                schemas.of(id).orElse(null)));
    }
}
