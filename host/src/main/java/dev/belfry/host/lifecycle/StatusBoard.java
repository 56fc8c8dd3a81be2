package dev.belfry.host.lifecycle;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statuses of all plugins. Changed under the lifecycle's lock, and read without it. */
final class StatusBoard {

    private static final Logger LOG = LoggerFactory.getLogger(StatusBoard.class);

    private final Candidates candidates;
    private final Map<String, RunningPlugin> running;
    private final Clock clock;
    private volatile List<PluginStatus> published = List.of();

    StatusBoard(Candidates candidates, Map<String, RunningPlugin> running, Clock clock) {
        this.candidates = candidates;
        this.running = running;
        this.clock = clock;
    }

    /** As of the last change. */
    List<PluginStatus> published() {
        return published;
    }

    /**
     * @param reason for people; empty when there is nothing to say
     * @return whether the status has changed
     */
    boolean set(TrackedCandidate tracked, State state, String reason) {
        return set(tracked, state, reason, Optional.empty());
    }

    /**
     * Its last start failed.
     *
     * @param state FAILED, or RUNNING if an older generation runs on
     */
    boolean failed(TrackedCandidate tracked, State state, String reason, FailureClass failure) {
        return set(tracked, state, reason, Optional.of(failure));
    }

    /**
     * Another candidate of its plugin runs or starts.
     *
     * @param best candidates of the plugin, the best first
     */
    void shadowed(TrackedCandidate tracked, List<TrackedCandidate> best) {
        TrackedCandidate first = firstIn(State.RUNNING, best)
                .or(() -> firstIn(State.STARTING, best))
                .orElse(best.getFirst());
        TakenId taken = new TakenId(first.descriptor(), first.candidate().file());
        State state = first.candidate().origin() == PluginOrigin.STATIC ? State.FAILED : State.SHADOWED;
        if (set(tracked, state, taken.reason())) {
            LOG.warn(taken.warning(tracked.descriptor(), tracked.candidate().file()));
        }
    }

    private static Optional<TrackedCandidate> firstIn(State state, List<TrackedCandidate> best) {
        return best.stream().filter(tracked -> tracked.is(state)).findFirst();
    }

    private boolean set(TrackedCandidate tracked, State state, String reason, Optional<FailureClass> failure) {
        boolean news =
                tracked.set(state, Optional.of(reason).filter(text -> !text.isEmpty()), failure, clock.instant());
        publish();
        return news;
    }

    void publish() {
        List<PluginStatus> all = new ArrayList<>();
        candidates
                .all()
                .forEach(tracked -> all.add(tracked.status(Optional.ofNullable(running.get(tracked.id()))
                        .filter(now ->
                                tracked.is(State.RUNNING) && now.candidate().equals(tracked.candidate())))));
        running.values().stream()
                .filter(now -> !candidates.contains(now.candidate()))
                .forEach(now -> all.add(outliving(now)));
        all.addAll(candidates.refusals());
        published = List.copyOf(all);
    }

    private PluginStatus outliving(RunningPlugin now) {
        boolean succeeded = candidates.of(now.id()).stream().anyMatch(tracked -> tracked.is(State.STARTING));
        String reason = succeeded
                ? "it serves until its successor has started"
                : "its file has been replaced by something that cannot run";
        TrackedCandidate tracked = new TrackedCandidate(now.candidate(), clock.instant());
        tracked.set(State.RUNNING, Optional.of(reason), Optional.empty(), clock.instant());
        return tracked.status(Optional.of(now));
    }
}
