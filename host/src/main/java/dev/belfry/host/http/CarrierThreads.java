package dev.belfry.host.http;

import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that carry virtual threads. A handler that computes without end keeps one of them for itself. */
final class CarrierThreads {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);

    private CarrierThreads() {}

    /**
     * Provides for at least so many; never takes any away.
     *
     * @return how many there are now
     */
    static int provide(int wanted) {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        try {
            if (scheduler.getParallelism() < wanted) {
                scheduler.setParallelism(wanted);
            }
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            LOG.warn("there cannot be {} carrier threads: {}", wanted, e.getMessage());
        }
        return scheduler.getParallelism();
    }
}
