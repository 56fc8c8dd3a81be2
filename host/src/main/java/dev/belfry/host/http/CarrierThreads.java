package dev.belfry.host.http;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The carrier threads of virtual threads. A handler that computes without end occupies one of them. */
final class CarrierThreads {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);

    private CarrierThreads() {}

    /**
     * Raises the number of carrier threads to {@code wanted}; never lowers it.
     *
     * @return the number of carrier threads now
     */
    static int provide(int wanted) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        try {
            if (scheduler.getParallelism() < wanted) {
                scheduler.setParallelism(wanted);
            }
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            LOG.warn(
                    "cannot raise the number of carrier threads to {}: {}. Handlers that compute for long may delay"
                            + " other requests",
                    wanted,
                    e.getMessage());
        }
        return scheduler.getParallelism();
    }
}
