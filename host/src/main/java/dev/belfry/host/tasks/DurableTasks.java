package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.QueueHandler;
import dev.belfry.api.queue.RetryPolicy;
import dev.belfry.api.scheduling.Scheduler.Job;
import dev.belfry.host.database.Databases;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.tracing.Tracing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The jobs on one host and the queues of one generation, in the plugin's own database. A generation declares them while it starts, works
 * on them while it serves, and leaves them to others while it drains.
 */
public final class DurableTasks implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private final Generation generation;
    private final Databases.Lease database;
    private final Clock clock;
    private final MeterRegistry meters;
    private final JdbcCustomization dialect;
    private final TaskTable table;
    private final DeadLetterTable deadLetters;
    private final TaskRunner runner;
    private final Set<String> names = new HashSet<>();
    private final List<JobTask> jobs = new ArrayList<>();
    private final List<QueueTask<?>> queueTasks = new ArrayList<>();
    private final List<StoredQueue<?>> queues = new ArrayList<>();
    private volatile @Nullable Scheduler scheduler;

    /**
     * @param database has the tables of tasks already
     * @param meters of the plugin
     */
    public DurableTasks(
            Generation generation, Databases.Lease database, Clock clock, MeterRegistry meters, Tracing tracing) {
        this.generation = generation;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
        this.dialect = TaskSchedulers.dialect(database.dialect());
        this.table = new TaskTable(database, dialect, tracing);
        this.deadLetters = new DeadLetterTable(table, dialect);
        this.runner = new TaskRunner(generation, database::requireUsable, tracing);
    }

    /** The state of a queue. */
    public record QueueState(long depth, long deadLetters) {}

    public synchronized void everyOnOneHost(String name, Duration interval, Job job) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval of job '" + name + "' must be positive, not " + interval);
        }
        String task = declare("job", name);
        jobs.add(new JobTask(task, label(name), interval, job, runner, table));
    }

    public synchronized <T> DurableQueue<T> queue(
            String name, Class<T> type, RetryPolicy retries, QueueHandler<? super T> handler) {
        String task = declare("queue", name);
        PayloadJson<T> json = new PayloadJson<>(type);
        StoredQueue<T> queue = new StoredQueue<>(name, task, json, table, deadLetters, clock, this::wakeUp);
        queues.add(queue);
        queueTasks.add(new QueueTask<>(task, name, label(name), json, handler, retries, runner, table, deadLetters));
        gauge("belfry.queue.depth", "Payloads that wait or are being handled", queue, StoredQueue::depth);
        gauge("belfry.queue.dead", "Payloads that failed at their last attempt", queue, StoredQueue::deadLetters);
        return queue;
    }

    private String declare(String kind, String name) {
        if (scheduler != null) {
            throw new IllegalStateException("the " + kind + " '" + name + "' must be declared while the plugin starts");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name '" + name + "' of a " + kind
                    + " must have 1 to 63 of the characters a-z, 0-9 and '-', and begin with a letter");
        }
        String task = kind + ":" + name;
        if (!names.add(task)) {
            throw new IllegalStateException("the " + kind + " '" + name + "' is declared twice");
        }
        return task;
    }

    private String label(String name) {
        return generation.descriptor().id() + "/" + name;
    }

    private void gauge(
            String name,
            String description,
            StoredQueue<?> queue,
            java.util.function.ToDoubleFunction<StoredQueue<?>> value) {
        Gauge.builder(name, queue, value)
                .description(description)
                .tag("queue", queue.name())
                .register(meters);
    }

    private void wakeUp() {
        Scheduler now = scheduler;
        if (now != null) {
            now.triggerCheckForDueExecutions();
        }
    }

    /** The depth and the dead letters of each queue, by name. */
    public synchronized TreeMap<String, QueueState> queues() {
        TreeMap<String, QueueState> states = new TreeMap<>();
        queues.forEach(queue -> states.put(queue.name(), new QueueState(queue.depth(), queue.deadLetters())));
        return states;
    }

    /** From now on, tasks are worked on. */
    public synchronized void open() {
        Scheduler created =
                TaskSchedulers.create(database, dialect, clock, generation.name(), runner, jobs, queueTasks);
        scheduler = created;
        created.start();
    }

    /** From now on, no further task is begun here. */
    public void pause() {
        Scheduler now = scheduler;
        if (now != null) {
            now.pause();
        }
    }

    /** Interrupts what is still running, and leaves it to another host or generation. */
    @Override
    public void close() {
        runner.stop();
        Scheduler now = scheduler;
        if (now != null) {
            now.stop();
        }
    }
}
