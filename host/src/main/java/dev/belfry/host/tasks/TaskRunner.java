package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.PluginBoundary;
import dev.belfry.host.logging.RepeatedFailure;
import dev.belfry.host.tracing.PluginWork;
import dev.belfry.host.tracing.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the code of one generation for tasks. */
final class TaskRunner extends AbstractSchedulerListener {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);

    /** At a heartbeat every 5 s, before another host takes over after 20 s. */
    private static final int MAX_FAILED_HEARTBEATS = 3;

    private final Generation generation;
    private final Runnable probe;
    private final Tracing tracing;
    private final RepeatedFailure failure;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Map<Execution, Thread> running = new ConcurrentHashMap<>();

    /** @param probe fails with the reason if the database cannot be used */
    TaskRunner(Generation generation, Runnable probe, Tracing tracing) {
        this.tracing = tracing;
        this.generation = generation;
        this.probe = probe;
        this.failure = new RepeatedFailure(
                LOG,
                "plugin '" + generation.descriptor().id() + "': the look for jobs and payloads that are due",
                "it is repeated every second");
    }

    /** How a run has ended. */
    sealed interface Outcome {
        record Done() implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}

        /** The generation stops; another one has to do the work. */
        record Stopped() implements Outcome {}
    }

    /** A drain waits for the end of the work. */
    Outcome run(PluginBoundary.Action<Exception> work) {
        if (!generation.inFlight().tryTake()) {
            return new Outcome.Stopped();
        }
        try {
            generation.boundary().run(work);
            return new Outcome.Done();
        } catch (Throwable e) {
            return stopping.get() ? new Outcome.Stopped() : new Outcome.Failed(e);
        } finally {
            generation.inFlight().giveBack();
        }
    }

    /**
     * Handles a payload, as {@link #run(PluginBoundary.Action)}; work that takes longer than the limit is interrupted and has failed.
     *
     * @param id of the payload
     */
    Outcome handle(String queue, String id, String label, Duration limit, PluginBoundary.Action<Exception> work) {
        PluginWork traced = PluginWork.payload(generation.descriptor(), queue, PayloadId.parent(id));
        AttemptLimit attempt = AttemptLimit.begin(label, limit);
        Outcome outcome = run(() -> tracing.run(traced, work));
        return attempt.end() && outcome instanceof Outcome.Failed(Throwable cause)
                ? new Outcome.Failed(attempt.exceeded(cause))
                : outcome;
    }

    /** From now on, work that fails has been interrupted by the stop. */
    void stop() {
        stopping.set(true);
    }

    @Override
    public void onExecutionStart(CurrentlyExecuting executing) {
        running.put(executing.getExecution(), Thread.currentThread());
    }

    @Override
    public void onExecutionComplete(ExecutionComplete complete) {
        running.remove(complete.getExecution());
        // An interrupt that came too late must not hit the next execution on this thread.
        Thread.interrupted();
    }

    /** The event has no exception, so the probe finds the reason. */
    @Override
    public void onSchedulerEvent(SchedulerEventType type) {
        switch (type) {
            case UNEXPECTED_ERROR -> {
                try {
                    probe.run();
                } catch (RuntimeException e) {
                    failure.log(e);
                }
            }
            case RAN_EXECUTE_DUE -> failure.over();
            default -> {}
        }
    }

    /** Two hosts must not run one task at the same time. */
    @Override
    public void onExecutionFailedHeartbeat(CurrentlyExecuting executing) {
        if (executing.getHeartbeatState().getFailedHeartbeats() >= MAX_FAILED_HEARTBEATS) {
            running.computeIfPresent(executing.getExecution(), (_, thread) -> {
                thread.interrupt();
                return thread;
            });
        }
    }
}
