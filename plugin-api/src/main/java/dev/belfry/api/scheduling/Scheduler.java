package dev.belfry.api.scheduling;

import java.time.Duration;

/**
 * Runs jobs repeatedly, each run on a new virtual thread.
 *
 * @since 0.1
 */
public interface Scheduler {

    /**
     * Runs {@code job} every {@code interval}, for the first time after one interval. Missed runs are skipped, and runs of one
     * job never overlap. An exception is logged, and the job runs again. If several hosts share a database, each runs the job.
     *
     * @param name short and unique within the plugin
     * @param interval positive
     */
    void every(String name, Duration interval, Job job);

    /** A job. Its thread is interrupted when the plugin stops. */
    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }
}
