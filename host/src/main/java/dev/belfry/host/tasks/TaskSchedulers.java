package dev.belfry.host.tasks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import dev.belfry.api.database.Database;
import dev.belfry.api.database.Dialect;
import dev.belfry.host.database.Databases;
import dev.belfry.host.logging.ExpectedFailures;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configures db-scheduler. */
final class TaskSchedulers {

    private static final int THREADS = 8;
    private static final int HOUSEKEEPERS = 2;
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** A task is taken over after 4 missed heartbeats, the smallest number that the library allows. */
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 4;

    /** For ever: another version of the plugin may have tasks that this one does not know. */
    private static final Duration KEEP_UNKNOWN = Duration.ofDays(36_500);

    /** The drain has waited already. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_NAME = 50;

    static {
        // Its loops log a stack trace each second; TaskRunner logs the reason once.
        ExpectedFailures.drop(
                Scheduler.class.getPackageName(),
                // If the connection ends within a transaction, the outage is suppressed by the failed rollback.
                failure -> Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                        .anyMatch(cause -> Databases.outage(cause).isPresent()));
    }

    private TaskSchedulers() {}

    static JdbcCustomization dialect(Dialect dialect) {
        return switch (dialect) {
            case SQLITE -> new SqliteJdbcCustomization();
            case POSTGRESQL -> new PostgreSqlJdbcCustomization(false, false);
        };
    }

    static Scheduler create(
            Database database,
            JdbcCustomization dialect,
            Clock clock,
            String generation,
            TaskRunner runner,
            List<JobTask> jobs,
            List<QueueTask<?>> queues) {
        // Nothing is inherited: the context class loader of the starting plugin would keep its classes loaded.
        ThreadFactory threads = Thread.ofVirtual()
                .name("tasks of " + generation)
                .inheritInheritableThreadLocals(false)
                .factory();
        SchedulerBuilder builder = Scheduler.create(database.dataSource(), List.copyOf(queues))
                .startTasks(jobs)
                .tableName(TaskTable.NAME)
                .schedulerName(new SchedulerName.Fixed(name(generation)))
                .serializer(new Bytes())
                .clock(clock::instant)
                .jdbcCustomization(dialect)
                .threads(THREADS)
                .executorService(Executors.newFixedThreadPool(THREADS, threads))
                .dueExecutor(Executors.newSingleThreadExecutor(threads))
                .housekeeperExecutor(Executors.newScheduledThreadPool(HOUSEKEEPERS, threads))
                .pollingInterval(POLL_INTERVAL)
                .enableImmediateExecution()
                .heartbeatInterval(HEARTBEAT_INTERVAL)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(KEEP_UNKNOWN)
                .shutdownMaxWait(STOP_PATIENCE)
                .failureLogging(LogLevel.OFF, false)
                .addSchedulerListener(runner);
        return (database.dialect() == Dialect.POSTGRESQL
                        ? builder.pollUsingLockAndFetch(0.5, 1.0)
                        : builder.pollUsingFetch(0.5, 1.0))
                .build();
    }

    /** Unique among all hosts and generations; the generation makes it readable in the table. */
    private static String name(String generation) {
        String name = UUID.randomUUID().toString().substring(0, 8) + " " + generation;
        return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    }

    /** The data of a task is JSON already. */
    private static final class Bytes implements Serializer {
        @Override
        public byte @Nullable [] serialize(@Nullable Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] data) {
            return type.cast(data);
        }
    }
}
