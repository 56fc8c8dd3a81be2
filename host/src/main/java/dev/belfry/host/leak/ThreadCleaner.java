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

/** Stops the platform threads that a plugin left behind, and removes its thread locals from other threads. */
final class ThreadCleaner {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadCleaner.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String generation;
    private final PluginClasses pluginClasses;

    ThreadCleaner(String generation, PluginClasses pluginClasses) {
        this.generation = generation;
        this.pluginClasses = pluginClasses;
    }

    /** @return descriptions of the remaining threads and thread locals */
    List<String> run() {
        List<Thread> left = threadsOf(pluginClasses);
        left.forEach(thread -> {
            LOG.warn(
                    "{}: the plugin left its thread '{}' running; the host interrupts it",
                    generation,
                    thread.getName());
            thread.interrupt();
        });
        left.forEach(ThreadCleaner::join);
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

    /** Shared threads of the JDK are never stopped. */
    static List<Thread> threadsOf(PluginClasses pluginClasses) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> pluginClasses.owns(entry.getKey(), entry.getValue())
                        || hasTaskOf(pluginClasses, entry.getKey()))
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

    static boolean hasTaskOf(PluginClasses pluginClasses, Thread thread) {
        return JdkInternals.read(Thread.class, "holder", thread)
                .flatMap(holder -> JdkInternals.read(holder.getClass(), "task", holder))
                .filter(pluginClasses::owns)
                .isPresent();
    }

    private void clean(Thread thread) {
        if (thread.getContextClassLoader() == pluginClasses.loader() && isOfTheJdk(thread)) {
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
        JdkInternals.read(Thread.class, "threadLocals", thread).ifPresent(map -> clean(thread, map));
        JdkInternals.read(Thread.class, "inheritableThreadLocals", thread).ifPresent(map -> clean(thread, map));
    }

    /**
     * Makes the entries stale by clearing their keys; the map removes them at its next use. The entries stay in place:
     * the map uses linear probing, so an empty slot would hide later entries.
     */
    private void clean(Thread thread, Object map) {
        Optional<Object> table = JdkInternals.read(map.getClass(), "table", map);
        for (int i = 0; table.isPresent() && i < Array.getLength(table.get()); i++) {
            Object entry = Array.get(table.get(), i);
            if (entry instanceof Reference<?> key && isOfThePlugin(key, entry)) {
                LOG.warn(
                        "{}: the plugin left thread locals on the thread '{}'; the host removes them",
                        generation,
                        thread.getName());
                key.clear();
                JdkInternals.clear(entry.getClass(), "value", entry);
            }
        }
    }

    private boolean isOfThePlugin(Reference<?> key, Object entry) {
        @Nullable Object local = key.get();
        return pluginClasses.owns(local)
                || JdkInternals.read(entry.getClass(), "value", entry)
                        .filter(pluginClasses::owns)
                        .isPresent();
    }
}
