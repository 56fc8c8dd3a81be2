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
 * Makes sure that stopped generations are unloaded: removes what they left behind, and waits for their class loaders to
 * be collected. A loader that is still reachable after {@link #LIMIT} is reported with its referrers.
 */
public final class Leaks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leaks.class);

    /** Grace period for work that is still ending, such as an abandoned request. */
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

    /** A stopped generation. */
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
                () -> looks.isDone() ? Optional.of("the thread 'leaks' has stopped checking") : Optional.empty());
    }

    /** The JDK creates some threads once, and each keeps the context class loader of its first user. */
    private static void useTheJdksOwnThreads() {
        CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(() -> {});
        ForkJoinPool.commonPool().execute(() -> {});
    }

    /** Cleans up after a generation and watches its class loader. Returns when the cleaning is done. */
    public void stopped(String plugin, String generation, ClassLoader loader) {
        if (loader.getName() == null || !loader.getName().equals(generation)) {
            // A static plugin's classes belong to the application: they stay.
            return;
        }
        try {
            note(new LeakCleaner(generation, new PluginClasses(loader)).run());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: removing what the plugin left behind failed; its classes may not be unloaded", generation, e);
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
            // An exception would end the schedule.
            LOG.error("the search for leaks failed; it is repeated", e);
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
        overdue.forEach(one -> report(one, holders.getOrDefault(one.generation(), "no reference that could be found")));
        synchronized (watched) {
            watched.removeAll(overdue);
        }
    }

    private void report(Watched one, String holder) {
        LOG.warn(
                "{}: the plugin '{}' has stopped, but its classes cannot be unloaded; they are referenced by {}",
                one.generation(),
                one.plugin(),
                holder);
        leaked.add(new Watched(one.plugin(), one.generation(), one.loader(), clock.millis(), holder));
    }

    /** The leaks that still exist. */
    public List<Leak> found() {
        return leaked.stream()
                .filter(Watched::isHeld)
                .map(one -> new Leak(one.plugin(), one.generation(), one.holder(), Instant.ofEpochMilli(one.since())))
                .toList();
    }

    /** The most recent removals, as descriptions. */
    public List<String> forgotten() {
        return List.copyOf(forgotten);
    }

    /** Number of stopped generations that are neither collected nor reported yet. */
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
