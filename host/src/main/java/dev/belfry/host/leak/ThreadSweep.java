package dev.belfry.host.leak;

import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the platform threads that a plugin left, and takes what it put on those of others. */
final class ThreadSweep {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadSweep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String generation;
    private final Owner owner;

    ThreadSweep(String generation, Owner owner) {
        this.generation = generation;
        this.owner = owner;
    }

    /** @return what was left, for people to read */
    List<String> run() {
        List<Thread> left = threadsOf(owner);
        left.forEach(thread -> {
            LOG.warn("{}: its thread '{}' was left behind and is interrupted", generation, thread.getName());
            thread.interrupt();
        });
        left.forEach(ThreadSweep::join);
        Thread.getAllStackTraces().keySet().forEach(this::clean);
        return left.stream()
                .map(thread -> "the thread '" + thread.getName() + "'")
                .toList();
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads of the JDK serve everybody and are never ended. */
    static List<Thread> threadsOf(Owner owner) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> owner.owns(entry.getKey(), entry.getValue()) || hasTaskOf(owner, entry.getKey()))
                .map(Map.Entry::getKey)
                .filter(thread -> !isOfTheJdk(thread) && thread != Thread.currentThread())
                .toList();
    }

    private static boolean isOfTheJdk(Thread thread) {
        return thread.getName().equals("CompletableFutureDelayScheduler")
                || (thread.getThreadGroup() != null
                        && thread.getThreadGroup().getName().equals("system"))
                || (thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool());
    }

    static boolean hasTaskOf(Owner owner, Thread thread) {
        return Internals.read(Thread.class, "holder", thread)
                .flatMap(holder -> Internals.read(holder.getClass(), "task", holder))
                .filter(owner::owns)
                .isPresent();
    }

    private void clean(Thread thread) {
        if (thread.getContextClassLoader() == owner.loader() && isOfTheJdk(thread)) {
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
        Internals.read(Thread.class, "threadLocals", thread).ifPresent(map -> clean(thread, map));
        Internals.read(Thread.class, "inheritableThreadLocals", thread).ifPresent(map -> clean(thread, map));
    }

    /**
     * Makes the entries stale: their keys have gone, and the map removes them when it is next used. The entries themselves stay where
     * they are: the map probes linearly, so an empty place would hide what lies behind it.
     */
    private void clean(Thread thread, Object map) {
        Optional<Object> table = Internals.read(map.getClass(), "table", map);
        for (int i = 0; table.isPresent() && i < Array.getLength(table.get()); i++) {
            Object entry = Array.get(table.get(), i);
            if (entry instanceof Reference<?> key && isOfThePlugin(key, entry)) {
                LOG.warn("{}: what it left on the thread '{}' is removed", generation, thread.getName());
                key.clear();
                Internals.clear(entry.getClass(), "value", entry);
            }
        }
    }

    private boolean isOfThePlugin(Reference<?> key, Object entry) {
        @Nullable Object local = key.get();
        return owner.owns(local)
                || Internals.read(entry.getClass(), "value", entry)
                        .filter(owner::owns)
                        .isPresent();
    }
}
