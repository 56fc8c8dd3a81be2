package dev.belfry.host.lifecycle;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The starts in progress, each on its own thread, and at most one of each plugin. The methods are guarded by the
 * lifecycle's lock, which no start holds.
 */
final class Starts {

    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

    /** More than the usual number of cores: a start mostly waits, and one that hangs must leave room for others. */
    private static final int AT_ONCE = 4;

    private final Generations generations;
    private final Listener listener;
    private final Map<String, PluginStart> current = new LinkedHashMap<>();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** Of abandoned starts, too. */
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Receives the result of each start on the thread of the start, including results that no longer count. */
    interface Listener {

        void started(PluginStart start, RunningPlugin plugin);

        void failed(PluginStart start, Refusal refusal);
    }

    Starts(Generations generations, Listener listener) {
        this.generations = generations;
        this.listener = listener;
    }

    Optional<PluginStart> of(String id) {
        return Optional.ofNullable(current.get(id));
    }

    /** Begins a start; it replaces one in progress. */
    void begin(TrackedCandidate tracked, LinkedContracts linked, boolean isRestart) {
        abandon(tracked.id());
        PluginStart start = new PluginStart(generations.nextName(tracked.id()), tracked, linked, isRestart);
        current.put(start.id(), start);
        // The file may change before the code is loaded.
        start.candidate().retain();
        Thread thread =
                Thread.ofVirtual().name("start of " + start.generation()).unstarted(() -> run(start));
        threads.add(thread);
        thread.start();
    }

    /** The result of the plugin's start in progress no longer counts; the start is interrupted. */
    void abandon(String id) {
        PluginStart start = current.remove(id);
        if (start != null) {
            LOG.info("the start of {} is abandoned", start.generation());
            start.abandon();
        }
    }

    /** Abandons the starts of all other plugins. */
    void retain(Collection<String> ids) {
        List.copyOf(current.keySet()).stream().filter(id -> !ids.contains(id)).forEach(this::abandon);
    }

    /** @return whether the result counts */
    boolean complete(PluginStart start) {
        return current.remove(start.id(), start);
    }

    private void run(PluginStart start) {
        try (PluginMdc _ = PluginMdc.about(start.id())) {
            try {
                attempt(start).run();
            } finally {
                start.candidate().discard();
            }
        } catch (Throwable unexpected) {
            LOG.error("the result of the start of {} could not be processed", start.generation(), unexpected);
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    /** @return reports the result, which may begin further starts: the place is free by then */
    private Runnable attempt(PluginStart start) {
        places.acquireUninterruptibly();
        try {
            RunningPlugin plugin = generations.begin(start);
            return () -> listener.started(start, plugin);
        } catch (Throwable failure) {
            Refusal refusal = FailureMessages.asRefusal(failure);
            return () -> listener.failed(start, refusal);
        } finally {
            places.release();
        }
    }

    /** Waits until all starts have ended, also abandoned ones, until the deadline. Called without the lock. */
    void await(StopDeadline deadline) {
        for (Thread thread : threads) {
            try {
                if (!thread.join(deadline.left())) {
                    LOG.warn("the {} is still in progress; the host stops without waiting for it", thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
