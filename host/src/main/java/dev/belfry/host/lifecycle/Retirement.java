package dev.belfry.host.lifecycle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops replaced generations in the background: a drain may take long and must not delay the next change. */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Generations generations;
    private final Set<Thread> going = new LinkedHashSet<>();

    Retirement(Generations generations) {
        this.generations = generations;
    }

    /** @param order stopped one after the other, dependents first */
    synchronized void begin(List<RunningPlugin> order) {
        if (order.isEmpty()) {
            return;
        }
        Thread thread = Thread.ofVirtual()
                .name("end of " + order.getFirst().generation().name())
                .unstarted(() -> {
                    for (int i = 0; i < order.size(); i++) {
                        end(order.get(i), order.size() - i);
                    }
                    over(Thread.currentThread());
                });
        going.add(thread);
        thread.start();
    }

    private void end(RunningPlugin old, int many) {
        try {
            generations.end(old, many);
            LOG.info("{} has stopped", old.generation().name());
        } catch (Throwable e) {
            // The others must be stopped as well.
            LOG.error("{} did not stop cleanly", old.generation().name(), e);
        }
    }

    private synchronized void over(Thread thread) {
        going.remove(thread);
    }

    private synchronized List<Thread> left() {
        return List.copyOf(going);
    }

    /** Waits for all stops in progress, until the deadline. */
    void await(StopDeadline deadline) {
        for (Thread thread : left()) {
            try {
                if (!thread.join(deadline.left())) {
                    LOG.warn("{} is still in progress; the host stops without waiting for it", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
