package dev.belfry.host.lifecycle;

import dev.belfry.host.lifecycle.DependencyGraph.Obstacle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the result of a start: the new generation takes over, or the reason why it cannot is recorded. */
final class StartResults {

    private static final Logger LOG = LoggerFactory.getLogger(StartResults.class);

    private final Environment environment;
    private final Map<String, RunningPlugin> running;
    private final ReplacedGenerations replaced;
    private final DependencyGraph graph;
    private final StatusBoard statuses;
    private final RetryBackoff backoff;

    StartResults(
            Environment environment,
            Map<String, RunningPlugin> running,
            ReplacedGenerations replaced,
            DependencyGraph graph,
            StatusBoard statuses,
            RetryBackoff backoff) {
        this.environment = environment;
        this.running = running;
        this.replaced = replaced;
        this.graph = graph;
        this.statuses = statuses;
        this.backoff = backoff;
    }

    /** From now on the new generation serves; the old one completes its requests. */
    void takeOver(TrackedCandidate tracked, RunningPlugin started) {
        RunningPlugin next = started.from(tracked.candidate());
        Optional<RunningPlugin> old = Optional.ofNullable(running.put(tracked.id(), next));
        next.session().open();
        backoff.reset(tracked.id());
        statuses.set(tracked, State.RUNNING, "");
        try (PluginMdc _ = PluginMdc.about(tracked.id())) {
            LOG.info(
                    "{} is running (started in {} ms)",
                    tracked.label(),
                    next.startedIn().toMillis());
        }
        old.ifPresent(replaced::add);
    }

    void failed(PluginStart start, Refusal refusal) {
        TrackedCandidate tracked = start.tracked();
        if (refusal.isPassing() || environment.isPassing(refusal)) {
            waitFor(tracked, refusal);
        } else {
            backoff.reset(tracked.id());
            tracked.failed(start.linked(), refusal);
            refused(tracked, refusal);
        }
    }

    /** It cannot start now. */
    void blocked(TrackedCandidate tracked, Obstacle obstacle) {
        boolean news = obstacle.state() == State.FAILED
                ? statuses.failed(tracked, State.FAILED, obstacle.reason(), FailureClass.CANNOT_START)
                : statuses.set(tracked, obstacle.state(), obstacle.reason());
        if (news) {
            try (PluginMdc _ = PluginMdc.about(tracked.id())) {
                if (obstacle.state() == State.FAILED) {
                    LOG.error("{} cannot start: {}", tracked.label(), obstacle.reason());
                } else {
                    LOG.warn("{} is waiting: {}", tracked.label(), obstacle.reason());
                }
            }
        }
    }

    private void waitFor(TrackedCandidate tracked, Refusal refusal) {
        tracked.waits();
        Duration wait = backoff.later(tracked.id());
        statuses.set(tracked, State.WAITING, refusal.reason());
        try (PluginMdc _ = PluginMdc.about(tracked.id())) {
            LOG.warn(
                    "{} is waiting: {}. The next attempt is in {} s",
                    tracked.label(),
                    refusal.reason(),
                    wait.toSeconds());
        }
    }

    /** It cannot run; if the same code runs, it runs on. */
    void refused(TrackedCandidate tracked, Refusal refusal) {
        boolean runs = Optional.ofNullable(running.get(tracked.id()))
                .filter(now -> now.candidate().isSameCodeAs(tracked.candidate()) && graph.fits(now))
                .isPresent();
        FailureClass failure = FailureMessages.classOf(refusal);
        boolean news = runs
                ? statuses.failed(
                        tracked,
                        State.RUNNING,
                        "it could not be started anew, and runs on as before: " + refusal.reason(),
                        failure)
                : statuses.failed(tracked, State.FAILED, refusal.reason(), failure);
        if (news) {
            try (PluginMdc _ = PluginMdc.about(tracked.id())) {
                FailureLog.failed(tracked, refusal);
            }
        }
    }
}
