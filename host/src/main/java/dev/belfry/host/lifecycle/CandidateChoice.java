package dev.belfry.host.lifecycle;

import dev.belfry.host.lifecycle.DependencyGraph.Obstacle;
import java.net.URL;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides for each plugin which candidate should serve, and begins, keeps or abandons its start accordingly. Not
 * thread-safe: guarded by the lifecycle's lock.
 */
final class CandidateChoice {

    private final Environment environment;
    private final DisabledPlugins disabled;
    private final Candidates candidates;
    private final Map<String, RunningPlugin> running;
    private final ReplacedGenerations replaced;
    private final DependencyGraph graph;
    private final StatusBoard statuses;
    private final Starts starts;
    private final StartResults results;
    private final UnavailablePaths paths;

    /** Plugins to start again although nothing has changed. */
    private final Set<String> restarts = new HashSet<>();

    /** Plugins whose start is in progress, or follows one in progress. */
    private final Set<String> coming = new LinkedHashSet<>();

    private enum Outlook {
        SERVES,
        /** A start decides it. */
        COMING,
        CANNOT_RUN
    }

    CandidateChoice(
            Environment environment,
            DisabledPlugins disabled,
            Candidates candidates,
            Map<String, RunningPlugin> running,
            ReplacedGenerations replaced,
            DependencyGraph graph,
            StatusBoard statuses,
            Starts starts,
            StartResults results) {
        this.environment = environment;
        this.disabled = disabled;
        this.candidates = candidates;
        this.running = running;
        this.replaced = replaced;
        this.graph = graph;
        this.statuses = statuses;
        this.starts = starts;
        this.results = results;
        this.paths = new UnavailablePaths(environment);
    }

    void requestRestart(String id) {
        restarts.add(id);
    }

    /** Whether the plugin, or a plugin that it uses, is starting; the serving generation may then change. */
    boolean isComing(String id) {
        return coming.contains(id);
    }

    /** A copy. */
    Set<String> coming() {
        return new LinkedHashSet<>(coming);
    }

    /** Generations that serve until their successor has started. */
    List<RunningPlugin> outgoing() {
        return coming.stream().map(this::runningOf).flatMap(Optional::stream).toList();
    }

    /** Settles each plugin in dependency order until nothing changes. */
    void settleAll() {
        boolean changed = true;
        // Each pass settles at least one plugin, so no more passes are needed.
        for (int pass = 0; changed && pass <= candidates.ids().size() + 1; pass++) {
            changed = false;
            coming.clear();
            for (String id : graph.inOrder()) {
                changed |= settle(id);
            }
        }
        starts.retain(coming);
        paths.update(unavailable());
    }

    /** No start is in progress any more. */
    void clear() {
        coming.clear();
    }

    /** The plugins that should run and do not. */
    private Map<String, Unavailability> unavailable() {
        Map<String, Unavailability> unavailable = new HashMap<>();
        candidates.failures().forEach((id, failure) -> unavailable.put(id, new Unavailability.Failed(failure)));
        coming.forEach(id -> unavailable.put(id, new Unavailability.NotYet()));
        candidates.all().stream()
                .filter(tracked -> tracked.is(State.WAITING))
                .forEach(tracked -> unavailable.put(tracked.id(), new Unavailability.NotYet()));
        unavailable.keySet().removeIf(id -> running.containsKey(id) || disabled.contains(id));
        return unavailable;
    }

    /** @return whether the serving generation has changed */
    private boolean settle(String id) {
        Optional<RunningPlugin> before = runningOf(id);
        if (disabled.contains(id)) {
            candidates.of(id).forEach(tracked -> statuses.set(tracked, State.DISABLED, "an operator has disabled it"));
            end(id);
        } else {
            Outlook outlook = outlookOf(candidates.of(id));
            if (outlook == Outlook.COMING) {
                coming.add(id);
            } else if (outlook == Outlook.CANNOT_RUN && !mayRunOn(id)) {
                end(id);
            }
        }
        return !before.map(RunningPlugin::generation).equals(runningOf(id).map(RunningPlugin::generation));
    }

    private Optional<RunningPlugin> runningOf(String id) {
        return Optional.ofNullable(running.get(id));
    }

    private Outlook outlookOf(List<TrackedCandidate> best) {
        Outlook outlook = Outlook.CANNOT_RUN;
        for (TrackedCandidate tracked : best) {
            if (outlook == Outlook.CANNOT_RUN) {
                outlook = outlookOf(tracked);
            } else if (outlook == Outlook.SERVES || !isRunning(tracked)) {
                statuses.shadowed(tracked, best);
            }
        }
        return outlook;
    }

    private Outlook outlookOf(TrackedCandidate tracked) {
        if (serves(tracked)) {
            return Outlook.SERVES;
        }
        Optional<Obstacle> obstacle = graph.obstacleOf(tracked.descriptor());
        try {
            environment.requireConfigured(tracked.candidate(), this::locationOf);
            if (obstacle.isEmpty() && continues(tracked)) {
                return Outlook.COMING;
            }
            Optional<String> awaited = awaitedBy(tracked);
            if (awaited.isPresent()) {
                return postpone(tracked, awaited.get());
            }
            if (obstacle.isPresent()) {
                results.blocked(tracked, obstacle.get());
                return Outlook.CANNOT_RUN;
            }
            return start(tracked);
        } catch (Refusal refusal) {
            results.refused(tracked, refusal);
            return Outlook.CANNOT_RUN;
        }
    }

    private Optional<URL> locationOf(String id) {
        return runningOf(id).map(now -> now.generation().code().location());
    }

    private boolean isRunning(TrackedCandidate tracked) {
        return runningOf(tracked.id())
                .filter(now -> now.candidate().equals(tracked.candidate()))
                .isPresent();
    }

    /** The same content needs no new start, even under another file name. */
    private boolean serves(TrackedCandidate tracked) {
        RunningPlugin now = running.get(tracked.id());
        if (now == null
                || isRestarting(tracked.id())
                || !now.candidate().isSameCodeAs(tracked.candidate())
                || !graph.fits(now)) {
            return false;
        }
        running.put(tracked.id(), now.from(tracked.candidate()));
        if (!tracked.is(State.RUNNING)) {
            statuses.set(tracked, State.RUNNING, "");
        }
        return true;
    }

    /** Whether a restart is requested or in progress: the running generation does not end it, whatever else changes. */
    private boolean isRestarting(String id) {
        return restarts.contains(id)
                || starts.of(id).filter(PluginStart::isRestart).isPresent();
    }

    /** Whether the start in progress is the one that this candidate needs. */
    private boolean continues(TrackedCandidate tracked) throws Refusal {
        Optional<PluginStart> start = starts.of(tracked.id())
                .filter(now ->
                        !restarts.contains(tracked.id()) && now.candidate().isSameCodeAs(tracked.candidate()));
        if (start.isEmpty()
                || !graph.linkedContractsOf(tracked.candidate())
                        .equals(start.get().linked())) {
            return false;
        }
        start.get().continueFor(tracked);
        return true;
    }

    /** A plugin that this one uses and whose start is in progress: plugins start in dependency order. */
    private Optional<String> awaitedBy(TrackedCandidate tracked) {
        return graph.needsOf(tracked.descriptor()).stream()
                .filter(coming::contains)
                .findFirst();
    }

    private Outlook postpone(TrackedCandidate tracked, String other) {
        if (tracked.isWaiting()) {
            return Outlook.CANNOT_RUN;
        }
        if (isRestarting(tracked.id())) {
            restarts.add(tracked.id());
        }
        starts.abandon(tracked.id());
        if (!isRunning(tracked)) {
            statuses.set(tracked, State.STARTING, "it starts after '" + other + "', which is starting");
        }
        return Outlook.COMING;
    }

    private Outlook start(TrackedCandidate tracked) throws Refusal {
        LinkedContracts linked = graph.linkedContractsOf(tracked.candidate());
        Optional<Refusal> failure = tracked.failureWith(linked);
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (tracked.isWaiting()) {
            return Outlook.CANNOT_RUN;
        }
        boolean isRestart = isRestarting(tracked.id());
        restarts.remove(tracked.id());
        if (!isRunning(tracked)) {
            statuses.set(tracked, State.STARTING, "");
        }
        starts.begin(tracked, linked, isRestart);
        return Outlook.COMING;
    }

    /**
     * Without a usable candidate, the running generation stays while its file exists, even if the file has other
     * content now.
     */
    private boolean mayRunOn(String id) {
        RunningPlugin now = running.get(id);
        return now != null
                && (candidates.contains(now.candidate())
                        || now.candidate()
                                .file()
                                .filter(file -> candidates.holdsSomethingFor(id, file))
                                .isPresent())
                && graph.fits(now);
    }

    private void end(String id) {
        Optional.ofNullable(running.remove(id)).ifPresent(replaced::add);
    }
}
