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
 * Decides which candidate of each plugin runs, and brings that about. Candidates come and go; of those with one id a static
 * one goes first, then the highest version. One that cannot run leaves what ran before untouched.
 *
 * <p>Every change is made in the same way: it is noted what there is, then each plugin is settled in the order of who needs
 * whom, until nothing changes any more.
 */
public final class Lifecycle implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Environment environment;
    private final Clock clock;
    private final DisabledPlugins disabled;
    private final Generations generations;
    private final Retirement retirement;
    private final RetryBackoff backoff = new RetryBackoff();

    /** Held while plugins are changed. Starting one may take long, so statuses are read without it. */
    private final ReentrantLock changing = new ReentrantLock();

    private final Candidates candidates;
    private final Map<String, RunningPlugin> running = new LinkedHashMap<>();
    private final DependencyGraph graph;

    /** Those that are to start anew though nothing has changed. */
    private final Set<String> restarts = new HashSet<>();

    /** What a change has put out of service, in the order of who needs whom. */
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

    /** Takes candidates on. None that fails stops the others, or the host. */
    public void addAll(Collection<Candidate> candidates) {
        change(() -> candidates.forEach(this::register));
    }

    /** Takes a candidate on, in the place of what its file held before. */
    public void add(Candidate candidate) {
        change(() -> register(candidate));
    }

    private void register(Candidate candidate) {
        candidate.file().ifPresent(candidates::forget);
        candidates.add(candidate, clock.instant());
    }

    /** Notes a file that holds no plugin that could be taken on. What ran out of it before runs on. */
    public void refuse(Path file, Refusal refusal) {
        change(() -> {
            if (candidates.isRefused(file, refusal.reason())) {
                return;
            }
            LOG.atLevel(refusal.state() == State.DISABLED ? Level.INFO : Level.ERROR)
                    .log("{} is refused: {}", file.getFileName(), refusal.reason());
            candidates.forget(file);
            candidates.refuse(file, refusal, clock.instant());
        });
    }

    /** A file has gone. */
    public void withdraw(Path file) {
        change(() -> candidates.forget(file));
    }

    /**
     * Starts a plugin anew, also one that has failed. What runs, runs on until its successor has started.
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
     * Stops a plugin and keeps it from starting, also after a restart of the host.
     *
     * @return false when there is no such plugin
     */
    public boolean disable(String id) {
        return operate(id, () -> disabled.add(id));
    }

    /**
     * Takes {@link #disable} back.
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
            // Also after an error that nobody expects: what serves no more must come to its end.
            retirement.begin(List.copyOf(replaced).reversed());
            replaced.clear();
            publish();
            changing.unlock();
        }
    }

    private void settleAll() {
        boolean changed = true;
        // Each pass brings at least one plugin to where it belongs; more are not needed.
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
     * @return whether another one serves now, or none any more
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

    /** The same content as before, perhaps under another name, needs no start. */
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

    /** Whether all that it needs is there, and still is what it was linked with. */
    private boolean fits(RunningPlugin now) {
        try {
            return graph.obstacleOf(now.descriptor()).isEmpty()
                    && graph.linkedContractsOf(now.candidate()).equals(now.generation().linked());
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

    /** @return whether the offer serves now */
    private boolean tryOut(TrackedCandidate tracked) {
        Optional<Obstacle> obstacle = graph.obstacleOf(tracked.descriptor());
        if (obstacle.isPresent()) {
            if (set(tracked, obstacle.get().state(), obstacle.get().reason())) {
                LOG.error("{} cannot run: {}", tracked.label(), obstacle.get().reason());
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

    /** From here on the new generation serves; the old one finishes what it has. */
    private void take(TrackedCandidate tracked, RunningPlugin next) {
        Optional<RunningPlugin> old = Optional.ofNullable(running.put(tracked.id(), next));
        next.session().open();
        set(tracked, State.RUNNING, "");
        LOG.info("{} runs, started in {} ms", tracked.label(), next.startedIn().toMillis());
        old.ifPresent(replaced::add);
    }

    private void waitFor(TrackedCandidate tracked, Refusal refusal) {
        tracked.waits();
        Duration wait = backoff.later(
                tracked.id(), () -> change(() -> candidates.of(tracked.id()).forEach(TrackedCandidate::resume)));
        set(tracked, State.WAITING, refusal.reason());
        LOG.warn("{} waits: {}. Next try in {} s", tracked.label(), refusal.reason(), wait.toSeconds());
    }

    private void refused(TrackedCandidate tracked, Refusal refusal) {
        boolean runs = runningOf(tracked.id())
                .filter(now -> now.candidate().isSameCodeAs(tracked.candidate()) && fits(now))
                .isPresent();
        boolean news = runs
                ? set(tracked, State.RUNNING, "it could not be started anew, and runs on as before: " + refusal.reason())
                : set(tracked, State.FAILED, refusal.reason());
        if (news) {
            LOG.error("{} failed: {}", tracked.label(), refusal.reason(), refusal.getCause());
        }
    }

    /** No candidate can serve: what ran runs on while its file is there, though it holds something else by now. */
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

    /** Requests for a plugin that will be there are told to come again. */
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

    /** @return whether that is news */
    private boolean set(TrackedCandidate tracked, State state, String reason) {
        boolean news = tracked.set(state, Optional.of(reason).filter(text -> !text.isEmpty()), clock.instant());
        publish();
        return news;
    }

    /** Every candidate and every refused file, in the order in which they came; and what runs though its file has changed. */
    public List<PluginStatus> statuses() {
        return statuses;
    }

    private void publish() {
        List<PluginStatus> all = new ArrayList<>();
        candidates.all()
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

    /** Stops all plugins, who uses another before it, while there is time. */
    @Override
    public void close() {
        deadline.begin();
        closed = true;
        backoff.close();
        if (!lockForTheStop()) {
            LOG.warn("plugins are not stopped: one of them is being changed still");
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
