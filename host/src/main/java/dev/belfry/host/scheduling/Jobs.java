package dev.belfry.host.scheduling;

import dev.belfry.api.scheduling.Scheduler.Job;
import dev.belfry.host.logging.RepeatedFailure;
import dev.belfry.host.threads.HostThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs at intervals. One thread keeps the time; each run has its own virtual thread. */
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final HostThreads threads;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = Thread.ofPlatform().daemon().name("timer").unstarted(task);
        // Created when the first plugin schedules a job, and would keep that plugin's class loader.
        thread.setContextClassLoader(Jobs.class.getClassLoader());
        return thread;
    });

    public Jobs(HostThreads threads) {
        this.threads = threads;
    }

    /** @return ends the job; a run in progress is interrupted and waited for, for a short time */
    public AutoCloseable every(String name, Duration interval, Job job) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("the interval of job '" + name + "' must be positive, not " + interval);
        }
        ScheduledJob scheduled = new ScheduledJob(name, job);
        Future<?> ticks = timer.scheduleAtFixedRate(
                scheduled::tick, interval.toMillis(), Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
        HostThreads.Watch watch = threads.watch(
                () -> ticks.isDone() ? Optional.of("the job '" + name + "' is no longer scheduled") : Optional.empty());
        return () -> {
            watch.close();
            ticks.cancel(false);
            scheduled.end();
        };
    }

    /** The runs of one job, one at a time. */
    private static final class ScheduledJob {
        private static final Duration PATIENCE = Duration.ofSeconds(2);

        private final String name;
        private final Job job;
        private final RepeatedFailure failure;
        private final AtomicReference<@Nullable Thread> current = new AtomicReference<>();

        /** A run that the end of the job interrupts has not failed. */
        private volatile boolean ended;

        ScheduledJob(String name, Job job) {
            this.name = name;
            this.job = job;
            this.failure = new RepeatedFailure(LOG, "job '" + name + "'", "it runs again at its next interval");
        }

        /** An exception here would end the schedule. */
        void tick() {
            Thread thread = Thread.ofVirtual().name("job " + name).unstarted(this::once);
            try {
                if (current.compareAndSet(null, thread)) {
                    thread.start();
                }
            } catch (Throwable e) {
                current.compareAndSet(thread, null);
                LOG.error("job '{}' could not be started; the next attempt is at its next interval", name, e);
            }
        }

        private void once() {
            try {
                job.run();
                failure.over();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Throwable e) {
                if (!ended) {
                    failure.log(e);
                }
            } finally {
                current.set(null);
            }
        }

        void end() throws InterruptedException {
            ended = true;
            Thread running = current.get();
            if (running != null && running != Thread.currentThread()) {
                running.interrupt();
                running.join(PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
