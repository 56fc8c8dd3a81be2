package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.queue.QueueHandler;
import dev.belfry.api.queue.RetryPolicy;
import dev.belfry.host.tasks.TaskRunner.Outcome;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the payloads of a queue, and retries or buries failed payloads. */
final class QueueTask<T> extends CustomTask<byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTask.class);
    private static final int MAX_REASON = 1000;

    private final String queue;
    private final String label;
    private final PayloadJson<T> json;
    private final QueueHandler<? super T> handler;
    private final RetryPolicy retries;
    private final TaskRunner runner;
    private final TaskTable table;
    private final DeadLetterTable deadLetters;

    /** @param label name of the queue for the log */
    QueueTask(
            String name,
            String queue,
            String label,
            PayloadJson<T> json,
            QueueHandler<? super T> handler,
            RetryPolicy retries,
            TaskRunner runner,
            TaskTable table,
            DeadLetterTable deadLetters) {
        super(
                name,
                byte[].class,
                null,
                Function.identity(),
                new FailureHandler.OnFailureRetryLater<>(retries.firstDelay()),
                new DeadExecutionHandler.ReviveDeadExecution<>());
        this.queue = queue;
        this.label = label;
        this.json = json;
        this.handler = handler;
        this.retries = retries;
        this.runner = runner;
        this.table = table;
        this.deadLetters = deadLetters;
    }

    @Override
    public CompletionHandler<byte[]> execute(TaskInstance<byte[]> instance, ExecutionContext context) {
        Execution execution = context.getExecution();
        Outcome outcome = runner.handle(
                queue,
                instance.getId(),
                label,
                retries.attemptLimit(),
                () -> handler.handle(json.read(instance.getData())));
        return switch (outcome) {
            case Outcome.Done() -> (_, operations) -> operations.remove();
            case Outcome.Stopped() -> (_, _) -> table.putBack(execution);
            case Outcome.Failed(Throwable cause) ->
                (complete, operations) -> failed(
                        ExecutionComplete.failure(execution, complete.getTimeDone(), complete.getTimeDone(), cause),
                        operations);
        };
    }

    /** A host has ended while it handled the payload: that may have been the payload's fault. */
    @Override
    public DeadExecutionHandler<byte[]> getDeadExecutionHandler() {
        return this::failed;
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<byte[]> operations) {
        Execution execution = complete.getExecution();
        int attempts = execution.consecutiveFailures + 1;
        Throwable cause = complete.getCause().orElse(null);
        if (attempts >= retries.maxAttempts()) {
            String reason = cause == null ? "the host ended while it handled the payload" : cause.toString();
            LOG.error(
                    "queue '{}': the payload {} is a dead letter after {} attempts",
                    label,
                    execution.getId(),
                    attempts,
                    shown(cause));
            deadLetters.bury(queue, execution, data(execution), attempts, shortened(reason), complete.getTimeDone());
        } else {
            Instant next = complete.getTimeDone().plus(retries.delayAfter(attempts));
            LOG.warn(
                    "queue '{}': attempt {} of {} failed for the payload {}; the next one is at {}",
                    label,
                    attempts,
                    retries.maxAttempts(),
                    execution.getId(),
                    next,
                    shown(cause));
            operations.reschedule(complete, next);
        }
    }

    /** Without a stack trace while the database is unavailable: the handler is not at fault. */
    private static @Nullable Object shown(@Nullable Throwable cause) {
        return cause instanceof DatabaseUnavailable unavailable ? unavailable.getMessage() : cause;
    }

    private static byte[] data(Execution execution) {
        return (byte[]) execution.taskInstance.getData();
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
