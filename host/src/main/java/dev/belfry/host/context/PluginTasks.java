package dev.belfry.host.context;

import dev.belfry.host.database.Databases;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.tasks.DurableTasks;
import dev.belfry.host.tasks.ServingTasks;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The durable tasks of one generation. Most plugins have none, so nothing is created before the first one. */
final class PluginTasks {

    private final Generation generation;
    private final ServingTasks serving;
    private final Clock clock;
    private final Tracing tracing;
    private @Nullable DurableTasks tasks;

    PluginTasks(Generation generation, ServingTasks serving, Clock clock, Tracing tracing) {
        this.tracing = tracing;
        this.generation = generation;
        this.serving = serving;
        this.clock = clock;
    }

    /** Creates them, and their tables, at the first call. */
    synchronized DurableTasks get(Supplier<Databases.Lease> database, Supplier<MeterRegistry> meters) {
        if (tasks == null) {
            Databases.Lease lease = database.get();
            lease.createTaskTables();
            DurableTasks created = new DurableTasks(generation, lease, clock, meters.get(), tracing);
            generation.registrations().enter("durable tasks", created);
            tasks = created;
        }
        return tasks;
    }

    synchronized void open() {
        if (tasks != null) {
            serving.open(generation.descriptor().id(), tasks);
        }
    }

    synchronized void close() {
        if (tasks != null) {
            serving.close(generation.descriptor().id(), tasks);
        }
    }
}
