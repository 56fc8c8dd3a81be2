package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which candidate of each plugin runs, and starts and stops generations accordingly. Of the candidates with one
 * id, a static one wins, then the highest version. A candidate that cannot run leaves the running generation untouched.
 *
 * <p>Every change works the same way: record the new facts, then settle all plugins. Starts run on threads of their
 * own, and the result of a start is such a change, too.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Environment environment;
    private final Clock clock;
    private final DisabledPlugins disabled;
    private final StopDeadline deadline;
    private final RetryBackoff backoff = new RetryBackoff(this::retry);

    /** Held while plugins change, but never during a start or a stop. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Signaled after each change. */
    private final Condition changed = changing.newCondition();

    private final Candidates candidates;
    private final Map<String, RunningPlugin> running = new LinkedHashMap<>();
    private final ReplacedGenerations replaced;
    private final Retirement retirement;
    private final StatusBoard statuses;
    private final Starts starts;
    private final StartResults results;
    private final CandidateChoice choice;
    private boolean closed;

    public Lifecycle(
            Environment environment,
            Clock clock,
            VersionRules versions,
            DisabledPlugins disabled,
            Duration startLimit,
            Duration drainLimit,
            StopDeadline deadline) {
        this.environment = environment;
        this.clock = clock;
        this.disabled = disabled;
        this.deadline = deadline;
        Generations generations = new Generations(environment, startLimit, drainLimit, deadline);
        candidates = new Candidates(versions);
        DependencyGraph graph = new DependencyGraph(candidates, running, versions, environment);
        replaced = new ReplacedGenerations(graph::needsOf);
        retirement = new Retirement(generations, graph::needsOf);
        statuses = new StatusBoard(candidates, running, clock);
        starts = new Starts(generations, new Results());
        results = new StartResults(environment, running, replaced, graph, statuses, backoff);
        choice = new CandidateChoice(
                environment, disabled, candidates, running, replaced, graph, statuses, starts, results);
    }

    /** Adds candidates and begins their starts. A failing candidate affects neither the others nor the host. */
    public void addAll(Collection<Candidate> candidates) {
        change(() -> {
            candidates.forEach(this::register);
            Set<String> ids = this.candidates.ids();
            candidates.forEach(
                    added -> OptionalDependencies.misspelled(added.descriptor(), added.file(), ids, environment::nearId)
                            .forEach(LOG::warn));
        });
    }

    /** Adds a candidate and begins its start; it replaces what the same file held before. */
    public void add(Candidate candidate) {
        addAll(List.of(candidate));
    }

    private void register(Candidate candidate) {
        candidate.file().ifPresent(candidates::forget);
        candidate
                .descriptor()
                .warnings()
                .forEach(warning ->
                        LOG.warn("{}: {}", TakenId.label(candidate.descriptor(), candidate.file()), warning));
        candidates.add(candidate, clock.instant());
    }

    /** Records a file that contains no valid plugin. A generation that was loaded from it keeps running. */
    public void refuse(Path file, Refusal refusal) {
        change(() -> {
            if (candidates.isRefused(file, refusal.reason())) {
                return;
            }
            LOG.atLevel(refusal.logLevel()).log("{} is not loaded: {}", file.getFileName(), refusal.reason());
            candidates.forget(file);
            candidates.refuse(file, refusal, clock.instant());
        });
    }

    /** A file was removed. */
    public void withdraw(Path file) {
        change(() -> candidates.forget(file));
    }

    /**
     * Starts a plugin again, also one that has failed, and waits until its start is over. The running generation serves
     * until its successor has started. A start in progress is abandoned.
     *
     * @return false when there is no such plugin
     */
    public boolean restart(String id) {
        return operate(id, () -> {
            choice.requestRestart(id);
            candidates.of(id).forEach(TrackedCandidate::tryAgain);
        });
    }

    /**
     * Stops a plugin and prevents its start, also after a restart of the host. A start in progress is abandoned.
     *
     * @return false when there is no such plugin
     */
    public boolean disable(String id) {
        return operate(id, () -> disabled.add(id));
    }

    /**
     * Undoes {@link #disable}, and waits until the plugin's start is over.
     *
     * @return false when there is no such plugin
     */
    public boolean enable(String id) {
        return operate(id, () -> {
            disabled.remove(id);
            candidates.of(id).forEach(TrackedCandidate::tryAgain);
        });
    }

    private boolean operate(String id, Runnable operation) {
        changing.lock();
        try {
            if (!candidates.ids().contains(id) && !running.containsKey(id)) {
                return false;
            }
            change(operation);
            awaitWhile(() -> choice.isComing(id));
            return true;
        } finally {
            changing.unlock();
        }
    }

    /** Waits until all plugins that are starting now have started or failed, or wait for a retry. */
    public void awaitStarts() {
        changing.lock();
        try {
            Set<String> left = choice.coming();
            awaitWhile(() -> {
                left.removeIf(id -> !choice.isComing(id));
                return !left.isEmpty();
            });
        } finally {
            changing.unlock();
        }
    }

    private void awaitWhile(BooleanSupplier condition) {
        try {
            while (condition.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(Runnable change) {
        changing.lock();
        try {
            if (!closed) {
                change.run();
                choice.settleAll();
            }
        } finally {
            // Also after an unexpected error: replaced generations must be stopped.
            retirement.begin(replaced.release(choice.outgoing()));
            statuses.publish();
            changed.signalAll();
            changing.unlock();
        }
    }

    private void retry(String id) {
        changing.lock();
        try {
            change(() -> candidates.of(id).forEach(TrackedCandidate::resume));
            if (!choice.isComing(id)) {
                backoff.reset(id);
            }
        } finally {
            changing.unlock();
        }
    }

    private final class Results implements Starts.Listener {

        @Override
        public void started(PluginStart start, RunningPlugin plugin) {
            changing.lock();
            try {
                if (starts.complete(start)) {
                    change(() -> results.takeOver(start.tracked(), plugin));
                } else {
                    retirement.begin(List.of(plugin));
                }
            } finally {
                changing.unlock();
            }
        }

        @Override
        public void failed(PluginStart start, Refusal refusal) {
            changing.lock();
            try {
                if (starts.complete(start)) {
                    change(() -> results.failed(start, refusal));
                }
            } finally {
                changing.unlock();
            }
        }
    }

    /**
     * Status of every candidate and every invalid file, in the order of their arrival, and of generations whose file
     * has changed.
     */
    public List<PluginStatus> statuses() {
        return statuses.published();
    }

    /** Abandons all starts and stops all plugins within the deadline, dependents first. */
    @Override
    public void close() {
        deadline.begin();
        backoff.close();
        changing.lock();
        try {
            closed = true;
            starts.retain(List.of());
            choice.clear();
            running.values().forEach(replaced::add);
            running.clear();
            retirement.begin(replaced.release(List.of()));
        } finally {
            changed.signalAll();
            changing.unlock();
        }
        starts.await(deadline);
        retirement.await(deadline);
        candidates.discardAll();
    }
}
