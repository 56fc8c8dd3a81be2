package dev.belfry.host.lifecycle;

import dev.belfry.host.lifecycle.DependencyGraph.Obstacle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides which candidate of each plugin runs, and starts and stops generations accordingly. Of the candidates with one
 * id, a static one wins, then the highest version. A candidate that cannot run leaves the running generation untouched.
 *
 * <p>Every change works the same way: record the new facts, then settle each plugin in dependency order until nothing
 * changes.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Environment environment;
    private final Clock clock;
    private final DisabledPlugins disabled;
    private final Generations generations;
    private final Retirement retirement;
    private final RetryBackoff backoff = new RetryBackoff();

    /** Held while plugins change. A start may take long, so statuses are read without it. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Candidates candidates;
    private final Map<String, RunningPlugin> running = new LinkedHashMap<>();
    private final DependencyGraph graph;

    /** Plugins to start again although nothing has changed. */
    private final Set<String> restarts = new HashSet<>();

    /** Generations that a change has replaced or removed, in dependency order. */
    private final List<RunningPlugin> replaced = new ArrayList<>();

    private final StopDeadline deadline;
    private volatile List<PluginStatus> statuses = List.of();
    private volatile boolean closed;

    public Lifecycle(
            Environment environment,
            Clock clock,
            Versions versions,
            DisabledPlugins disabled,
            Duration startLimit,
            Duration drainLimit,
            StopDeadline deadline) {
        this.environment = environment;
        this.clock = clock;
        this.disabled = disabled;
        this.generations = new Generations(environment, startLimit, drainLimit, deadline);
        this.deadline = deadline;
        this.retirement = new Retirement(generations);
        this.candidates = new Candidates(versions);
        this.graph = new DependencyGraph(candidates, running, versions, environment);
    }

    /** Adds candidates. A failing candidate affects neither the others nor the host. */
    public void addAll(Collection<Candidate> candidates) {
        change(() -> candidates.forEach(this::register));
    }

    /** Adds a candidate; it replaces what the same file held before. */
    public void add(Candidate candidate) {
        change(() -> register(candidate));
    }

    private void register(Candidate candidate) {
        candidate.file().ifPresent(candidates::forget);
        candidates.add(candidate, clock.instant());
    }

    /** Records a file that contains no valid plugin. A generation that was loaded from it keeps running. */
    public void refuse(Path file, Refusal refusal) {
        change(() -> {
            if (candidates.isRefused(file, refusal.reason())) {
                return;
            }
            LOG.atLevel(refusal.state() == State.DISABLED ? Level.INFO : Level.ERROR)
                    .log("{} is not loaded: {}", file.getFileName(), refusal.reason());
            candidates.forget(file);
            candidates.refuse(file, refusal, clock.instant());
        });
    }

    /** A file was removed. */
    public void withdraw(Path file) {
        change(() -> candidates.forget(file));
    }

    /**
     * Starts a plugin again, also one that has failed. The running generation serves until its successor has started.
     *
     * @return false when there is no such plugin
     */
    public boolean restart(String id) {
        return operate(id, () -> {
            restarts.add(id);
            candidates.of(id).forEach(TrackedCandidate::tryAgain);
        });
    }

    /**
     * Stops a plugin and prevents its start, also after a restart of the host.
     *
     * @return false when there is no such plugin
     */
    public boolean disable(String id) {
        return operate(id, () -> disabled.add(id));
    }

    /**
     * Undoes {@link #disable}.
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
            return true;
        } finally {
            changing.unlock();
        }
    }

    private void change(Runnable change) {
        changing.lock();
        try {
            if (!closed) {
                change.run();
                settleAll();
            }
        } finally {
            // Also after an unexpected error: replaced generations must be stopped.
            retirement.begin(List.copyOf(replaced).reversed());
            replaced.clear();
            publish();
            changing.unlock();
        }
    }

    private void settleAll() {
        boolean changed = true;
        // Each pass settles at least one plugin, so no more passes are needed.
        for (int pass = 0; changed && pass <= candidates.ids().size() + 1; pass++) {
            changed = false;
            for (String id : graph.inOrder()) {
                changed |= settle(id);
            }
        }
    }

    /**
     * Makes the best candidate of a plugin run.
     *
     * @return whether the serving generation has changed
     */
    private boolean settle(String id) {
        Optional<RunningPlugin> before = runningOf(id);
        if (disabled.contains(id)) {
            candidates.of(id).forEach(tracked -> set(tracked, State.DISABLED, "an operator has disabled it"));
            end(id);
        } else if (!settleOne(candidates.of(id)) && !mayRunOn(id)) {
            end(id);
        }
        announce(id);
        return !before.map(RunningPlugin::generation).equals(runningOf(id).map(RunningPlugin::generation));
    }

    private Optional<RunningPlugin> runningOf(String id) {
        return Optional.ofNullable(running.get(id));
    }

    /** @return whether one of them serves */
    private boolean settleOne(List<TrackedCandidate> best) {
        boolean found = false;
        for (TrackedCandidate tracked : best) {
            if (found) {
                shadow(tracked, best);
            } else {
                found = serves(tracked) || tryOut(tracked);
            }
        }
        return found;
    }

    /** The same content needs no new start, even under another file name. */
    private boolean serves(TrackedCandidate tracked) {
        RunningPlugin now = running.get(tracked.id());
        if (now == null
                || restarts.contains(tracked.id())
                || !now.candidate().isSameCodeAs(tracked.candidate())
                || !fits(now)) {
            return false;
        }
        running.put(tracked.id(), now.from(tracked.candidate()));
        if (!tracked.is(State.RUNNING)) {
            set(tracked, State.RUNNING, "");
        }
        return true;
    }

    /** Whether its requirements are still met, and its contracts are still the ones it was linked with. */
    private boolean fits(RunningPlugin now) {
        try {
            return graph.obstacleOf(now.descriptor()).isEmpty()
                    && graph.linkedContractsOf(now.candidate())
                            .equals(now.generation().linked());
        } catch (Refusal refusal) {
            return false;
        }
    }

    private void shadow(TrackedCandidate tracked, List<TrackedCandidate> best) {
        TrackedCandidate first = best.stream()
                .filter(other -> other.is(State.RUNNING))
                .findFirst()
                .orElse(best.getFirst());
        set(
                tracked,
                first.candidate().origin() == PluginOrigin.STATIC ? State.FAILED : State.SHADOWED,
                "the id '" + tracked.id() + "' is taken by the "
                        + first.candidate()
                                .file()
                                .map(file -> "file " + file.getFileName())
                                .orElse("static plugin")
                        + " of version "
                        + first.descriptor().version());
    }

    /** @return whether the candidate serves now */
    private boolean tryOut(TrackedCandidate tracked) {
        Optional<Obstacle> obstacle = graph.obstacleOf(tracked.descriptor());
        if (obstacle.isPresent()) {
            if (set(tracked, obstacle.get().state(), obstacle.get().reason())) {
                LOG.error("{} cannot start: {}", tracked.label(), obstacle.get().reason());
            }
            return false;
        }
        try {
            LinkedContracts linked = graph.linkedContractsOf(tracked.candidate());
            return tracked.isWorthATry(linked) && start(tracked, linked);
        } catch (Refusal refusal) {
            refused(tracked, refusal);
            return false;
        }
    }

    private boolean start(TrackedCandidate tracked, LinkedContracts linked) {
        restarts.remove(tracked.id());
        if (runningOf(tracked.id()).isEmpty()) {
            set(tracked, State.STARTING, "");
        }
        try {
            take(tracked, generations.begin(tracked.candidate(), linked));
            return true;
        } catch (Refusal refusal) {
            if (refusal.isPassing() || environment.isPassing(refusal)) {
                waitFor(tracked, refusal);
            } else {
                tracked.failed(linked);
                refused(tracked, refusal);
            }
            return false;
        }
    }

    /** From now on the new generation serves; the old one completes its requests. */
    private void take(TrackedCandidate tracked, RunningPlugin next) {
        Optional<RunningPlugin> old = Optional.ofNullable(running.put(tracked.id(), next));
        next.session().open();
        set(tracked, State.RUNNING, "");
        LOG.info(
                "{} is running (started in {} ms)",
                tracked.label(),
                next.startedIn().toMillis());
        old.ifPresent(replaced::add);
    }

    private void waitFor(TrackedCandidate tracked, Refusal refusal) {
        tracked.waits();
        Duration wait = backoff.later(
                tracked.id(), () -> change(() -> candidates.of(tracked.id()).forEach(TrackedCandidate::resume)));
        set(tracked, State.WAITING, refusal.reason());
        LOG.warn("{} is waiting: {}. The next attempt is in {} s", tracked.label(), refusal.reason(), wait.toSeconds());
    }

    private void refused(TrackedCandidate tracked, Refusal refusal) {
        boolean runs = runningOf(tracked.id())
                .filter(now -> now.candidate().isSameCodeAs(tracked.candidate()) && fits(now))
                .isPresent();
        boolean news = runs
                ? set(
                        tracked,
                        State.RUNNING,
                        "it could not be started anew, and runs on as before: " + refusal.reason())
                : set(tracked, State.FAILED, refusal.reason());
        if (news) {
            LOG.error("{} failed: {}", tracked.label(), refusal.reason(), refusal.getCause());
        }
    }

    /**
     * Without a usable candidate, the running generation stays while its file exists, even if the file has other
     * content now.
     */
    private boolean mayRunOn(String id) {
        RunningPlugin now = running.get(id);
        return now != null
                && (hasCandidate(now)
                        || now.candidate()
                                .file()
                                .filter(file -> candidates.holdsSomethingFor(id, file))
                                .isPresent())
                && fits(now);
    }

    private boolean hasCandidate(RunningPlugin now) {
        return candidates.of(now.descriptor().id()).stream()
                .anyMatch(tracked -> tracked.candidate().equals(now.candidate()));
    }

    private void end(String id) {
        Optional.ofNullable(running.remove(id)).ifPresent(replaced::add);
    }

    /** Requests for a plugin that is waiting get 503 instead of 404. */
    private void announce(String id) {
        if (running.containsKey(id)) {
            return;
        }
        if (candidates.of(id).stream().anyMatch(tracked -> tracked.is(State.WAITING))) {
            environment.announceWaiting(id);
        } else {
            environment.withdrawWaiting(id);
        }
    }

    /** @return whether the status has changed */
    private boolean set(TrackedCandidate tracked, State state, String reason) {
        boolean news = tracked.set(state, Optional.of(reason).filter(text -> !text.isEmpty()), clock.instant());
        publish();
        return news;
    }

    /**
     * Status of every candidate and every invalid file, in the order of their arrival, and of generations whose file
     * has changed.
     */
    public List<PluginStatus> statuses() {
        return statuses;
    }

    private void publish() {
        List<PluginStatus> all = new ArrayList<>();
        candidates
                .all()
                .forEach(tracked -> all.add(tracked.status(runningOf(tracked.id())
                        .filter(now ->
                                tracked.is(State.RUNNING) && now.candidate().equals(tracked.candidate())))));
        running.values().stream().filter(now -> !hasCandidate(now)).forEach(now -> all.add(outliving(now)));
        all.addAll(candidates.refusals());
        statuses = List.copyOf(all);
    }

    private PluginStatus outliving(RunningPlugin now) {
        TrackedCandidate tracked = new TrackedCandidate(now.candidate(), clock.instant());
        tracked.set(
                State.RUNNING, Optional.of("its file has been replaced by something that cannot run"), clock.instant());
        return tracked.status(Optional.of(now));
    }

    /** Stops all plugins within the deadline, dependents first. */
    @Override
    public void close() {
        deadline.begin();
        closed = true;
        backoff.close();
        if (!lockForTheStop()) {
            LOG.warn("plugins are not stopped: another change of plugins is still in progress");
            return;
        }
        try {
            List<RunningPlugin> ending = new ArrayList<>();
            graph.inOrder().forEach(id -> runningOf(id).ifPresent(ending::add));
            running.clear();
            retirement.begin(ending.reversed());
        } finally {
            changing.unlock();
        }
        retirement.await(deadline);
        candidates.discardAll();
    }

    private boolean lockForTheStop() {
        try {
            return changing.tryLock(deadline.left().dividedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
