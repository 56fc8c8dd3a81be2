package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.belfry.api.scheduling.Scheduler.Job;
import dev.belfry.host.logging.RepeatedFailure;
import dev.belfry.host.tasks.TaskRunner.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that one host at a time runs. Its only execution is in the table for ever, with the time of the next run. */
final class JobTask extends CustomTask<byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);
    private static final String ONLY = "job";

    private final RepeatedFailure failure;
    private final Duration interval;
    private final Job job;
    private final TaskRunner runner;
    private final TaskTable table;

    /** @param label name of the job for the log */
    JobTask(String name, String label, Duration interval, Job job, TaskRunner runner, TaskTable table) {
        super(
                name,
                byte[].class,
                null,
                Function.identity(),
                new FailureHandler.OnFailureRetryLater<>(interval),
                new DeadExecutionHandler.ReviveDeadExecution<>());
        this.failure =
                new RepeatedFailure(LOG, "job '" + label + "'", "it runs again after its interval of " + interval);
        this.interval = interval;
        this.job = job;
        this.runner = runner;
        this.table = table;
    }

    /** The first host plans the first run; a new version may have a shorter interval. */
    @Override
    public void onStartup(SchedulerClient client, Clock clock) {
        TaskInstance<byte[]> only = new TaskInstance<>(getName(), ONLY);
        Instant next = clock.now().plus(interval);
        if (!client.scheduleIfNotExists(only, next)) {
            client.getScheduledExecution(only)
                    .filter(planned -> !planned.isPicked())
                    .map(ScheduledExecution::getExecutionTime)
                    .filter(time -> time.isAfter(next))
                    .ifPresent(_ -> client.reschedule(only, next));
        }
    }

    @Override
    public CompletionHandler<byte[]> execute(TaskInstance<byte[]> instance, ExecutionContext context) {
        Execution execution = context.getExecution();
        Outcome outcome = runner.run(job::run);
        if (outcome instanceof Outcome.Stopped) {
            return (_, _) -> table.putBack(execution);
        }
        if (outcome instanceof Outcome.Failed(Throwable cause)) {
            failure.log(cause);
        } else {
            failure.over();
        }
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(interval));
    }
}
