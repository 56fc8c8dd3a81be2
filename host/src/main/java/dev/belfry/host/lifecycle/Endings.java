package dev.belfry.host.lifecycle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends generations aside: draining may take long, and the next change need not wait for it. */
final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Generations generations;
    private final Set<Thread> going = new LinkedHashSet<>();

    Endings(Generations generations) {
        this.generations = generations;
    }

    /** @param order one after the other: who uses another goes before it */
    synchronized void begin(List<Running> order) {
        if (order.isEmpty()) {
            return;
        }
        Thread thread = Thread.ofVirtual()
                .name("end of " + order.getFirst().generation().name())
                .unstarted(() -> {
                    order.forEach(this::end);
                    over(Thread.currentThread());
                });
        going.add(thread);
        thread.start();
    }

    private void end(Running old) {
        try {
            generations.end(old);
            LOG.info("{} has ended", old.generation().name());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} did not end cleanly", old.generation().name(), e);
        }
    }

    private synchronized void over(Thread thread) {
        going.remove(thread);
    }

    private synchronized List<Thread> left() {
        return List.copyOf(going);
    }

    /** Waits for all that are going on. */
    void await() {
        for (Thread thread : left()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
