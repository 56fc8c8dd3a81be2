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
     * job never overlap. An exception is logged, and the job runs again. If several hosts share a database, each runs the job; see
     * {@link #everyOnOneHost}.
     *
     * @param name short and unique within the plugin
     * @param interval positive
     */
    void every(String name, Duration interval, Job job);

    /**
     * Runs {@code job} on one of the hosts that share the plugin's database, for the first time after one interval, and then one
     * interval after the end of each run. The host keeps the time of the next run in that database, so a restart does not change it.
     * Declare the job while the plugin starts.
     *
     * <p>Two hosts do not run the job at the same time. If a host ends during a run, another one, or its next start, runs the job within
     * 30 seconds. If a running host cannot reach the database for 15 seconds, the thread of the job is interrupted, because
     * another host takes over after 20 seconds; a job that ignores the interrupt, or whose process was suspended, can overlap with
     * that run. An exception is logged, and the job runs again. An idle host reads the database about once a second.
     *
     * @param name unique within the plugin: lower-case letters, digits and {@code -}
     * @param interval positive
     * @throws IllegalStateException if the plugin has already started
     * @throws dev.belfry.api.database.DatabaseUnavailable if the database is unavailable
     * @since 0.2
     */
    void everyOnOneHost(String name, Duration interval, Job job);

    /** A job. Its thread is interrupted when the plugin stops. */
    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }
}
