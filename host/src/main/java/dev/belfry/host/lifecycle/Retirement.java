package dev.belfry.host.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops replaced generations in the background: a drain may take long and must not delay the next change. */
final class Retirement {

    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Generations generations;
    private final Function<Descriptor, Set<String>> needs;
    private final Set<Thread> going = new LinkedHashSet<>();
    private final List<Stop> stops = new ArrayList<>();

    /** One stop in progress. */
    private record Stop(RunningPlugin plugin, CountDownLatch over) {}

    /** @param needs the ids of the plugins that a plugin uses */
    Retirement(Generations generations, Function<Descriptor, Set<String>> needs) {
        this.generations = generations;
        this.needs = needs;
    }

    /** @param order stopped one after the other, dependents first */
    synchronized void begin(List<RunningPlugin> order) {
        if (order.isEmpty()) {
            return;
        }
        List<Stop> earlier = List.copyOf(stops);
        List<Stop> own =
                order.stream().map(old -> new Stop(old, new CountDownLatch(1))).toList();
        stops.addAll(own);
        Thread thread = Thread.ofVirtual()
                .name("end of " + order.getFirst().generation().name())
                .unstarted(() -> run(own, earlier));
        going.add(thread);
        thread.start();
    }

    private void run(List<Stop> own, List<Stop> earlier) {
        for (int i = 0; i < own.size(); i++) {
            RunningPlugin old = own.get(i).plugin();
            awaitUsers(old, earlier);
            end(old, own.size() - i);
            own.get(i).over().countDown();
        }
        over(Thread.currentThread(), own);
    }

    /** Requests inside its dependents may still call the plugin. */
    private void awaitUsers(RunningPlugin old, List<Stop> earlier) {
        for (Stop stop : earlier) {
            if (needs.apply(stop.plugin().descriptor()).contains(old.id())) {
                try {
                    stop.over().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private void end(RunningPlugin old, int many) {
        try (PluginMdc _ = PluginMdc.about(old.id())) {
            generations.end(old, many);
            LOG.info("{} has stopped", old.generation().name());
        } catch (Throwable e) {
            // The others must be stopped as well.
            LOG.error("{} did not stop cleanly", old.generation().name(), e);
        }
    }

    private synchronized void over(Thread thread, List<Stop> own) {
        going.remove(thread);
        stops.removeAll(own);
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
