package dev.belfry.host.leak;

import dev.belfry.host.threads.HostThreads;
import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a generation which has stopped can be unloaded: removes what it left behind, and waits for its class loader
 * to be collected. What is still held after {@link #LIMIT} is reported with what holds it.
 */
public final class Leaks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leaks.class);

    /** Time for what runs on a little by itself, such as a request that was given up. */
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final int MOST_NOTED = 100;

    private final Clock clock;
    private final List<Watched> watched = new ArrayList<>();
    private final List<Watched> leaked = new CopyOnWriteArrayList<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("leaks").factory());
    private final HostThreads.Watch watch;

    /** One that has stopped. */
    private record Watched(
            String plugin, String generation, WeakReference<ClassLoader> loader, long since, String holder) {

        boolean isHeld() {
            return !loader.refersTo(null);
        }

        boolean isOverdue() {
            return System.nanoTime() - since > LIMIT.toNanos();
        }
    }

    public Leaks(Clock clock, HostThreads threads) {
        this.clock = clock;
        useTheJdksOwnThreads();
        Future<?> looks = thread.scheduleWithFixedDelay(
                this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        watch = threads.watch(
                () -> looks.isDone() ? Optional.of("the thread 'leaks' does not look any more") : Optional.empty());
    }

    /** The JDK makes some threads once, for all, and each keeps the context class loader of whoever came first. */
    private static void useTheJdksOwnThreads() {
        CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(() -> {});
        ForkJoinPool.commonPool().execute(() -> {});
    }

    /** Cleans up after a generation and watches it go. Returns when the cleaning is done. */
    public void stopped(String plugin, String generation, ClassLoader loader) {
        if (loader.getName() == null || !loader.getName().equals(generation)) {
            // A static plugin's classes are the application's: they stay.
            return;
        }
        try {
            note(new LeakCleaner(generation, new PluginClasses(loader)).run());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: what it left behind could not be removed", generation, e);
        }
        synchronized (watched) {
            watched.add(new Watched(plugin, generation, new WeakReference<>(loader), System.nanoTime(), ""));
        }
    }

    private void note(List<String> removed) {
        forgotten.addAll(removed);
        while (forgotten.size() > MOST_NOTED) {
            forgotten.removeFirst();
        }
    }

    private void look() {
        try {
            synchronized (watched) {
                watched.removeIf(one -> !one.isHeld());
            }
            leaked.removeIf(one -> !one.isHeld());
            if (!isAnyWatched()) {
                return;
            }
            System.gc();
            report(overdue());
        } catch (Throwable e) {
            // A look that threw would be the last one.
            LOG.error("the search for leaks failed", e);
        }
    }

    private boolean isAnyWatched() {
        synchronized (watched) {
            return !watched.isEmpty();
        }
    }

    private List<Watched> overdue() {
        synchronized (watched) {
            return watched.stream()
                    .filter(one -> one.isHeld() && one.isOverdue())
                    .toList();
        }
    }

    private void report(List<Watched> overdue) {
        if (overdue.isEmpty()) {
            return;
        }
        Map<String, String> holders = new HeapReferrers(
                        overdue.stream().collect(Collectors.toMap(Watched::generation, Watched::loader)))
                .search();
        overdue.forEach(one -> report(one, holders.getOrDefault(one.generation(), "nothing that could be found")));
        synchronized (watched) {
            watched.removeAll(overdue);
        }
    }

    private void report(Watched one, String holder) {
        LOG.warn(
                "{}: the plugin '{}' has stopped and cannot be unloaded; it is held by {}",
                one.generation(),
                one.plugin(),
                holder);
        leaked.add(new Watched(one.plugin(), one.generation(), one.loader(), clock.millis(), holder));
    }

    /** Those that are held still. */
    public List<Leak> found() {
        return leaked.stream()
                .filter(Watched::isHeld)
                .map(one -> new Leak(one.plugin(), one.generation(), one.holder(), Instant.ofEpochMilli(one.since())))
                .toList();
    }

    /** What was left behind and has been removed, the last of it, for people to read. */
    public List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** How many have stopped and are neither collected nor reported yet. */
    public int pending() {
        synchronized (watched) {
            return (int) watched.stream().filter(Watched::isHeld).count();
        }
    }

    @Override
    public void close() {
        watch.close();
        thread.shutdownNow();
    }
}
