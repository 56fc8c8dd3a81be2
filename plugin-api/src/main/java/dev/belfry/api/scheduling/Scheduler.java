package dev.belfry.api.scheduling;

import java.time.Duration;

/**
 * Runs work again and again, each run on a virtual thread of its own.
 *
 * @since 0.1
 */
public interface Scheduler {

    /**
     * Runs {@code job} every {@code interval}, first after one interval; a run that is late is not made up for, and two runs
     * of one job never overlap. An exception is logged, and the job goes on. Every host of several on one database runs it.
     *
     * @param name short and unique within the plugin
     * @param interval positive
     */
    void every(String name, Duration interval, Job job);

    /** One run. Interrupted when the plugin stops. */
    @FunctionalInterface
    interface Job {
        void run() throws Exception;
    }
}
