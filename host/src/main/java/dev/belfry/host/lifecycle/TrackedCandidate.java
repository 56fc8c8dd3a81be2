package dev.belfry.host.lifecycle;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A candidate and its state. */
final class TrackedCandidate {

    private final Candidate candidate;
    private State state = State.STARTING;
    private Optional<String> reason = Optional.empty();
    private Instant since;

    /** Its last start, if it failed for good. With the same contracts, a retry is pointless. */
    private @Nullable Failure failure;

    private record Failure(LinkedContracts linked, String reason, FailureClass failureClass) {}

    /** The class of the reason, if its last start failed. */
    private Optional<FailureClass> failureClass = Optional.empty();

    /** Its last failure was temporary and a retry is scheduled. */
    private boolean waits;

    TrackedCandidate(Candidate candidate, Instant since) {
        this.candidate = candidate;
        this.since = since;
    }

    Candidate candidate() {
        return candidate;
    }

    Descriptor descriptor() {
        return candidate.descriptor();
    }

    String id() {
        return descriptor().id();
    }

    /** @return whether the state has changed */
    boolean set(State next, Optional<String> why, Optional<FailureClass> failed, Instant now) {
        if (state == next && reason.equals(why)) {
            return false;
        }
        state = next;
        reason = why;
        failureClass = failed;
        since = now;
        return true;
    }

    void failed(LinkedContracts linked, Refusal refusal) {
        // Not the refusal itself: its cause can hold classes of the plugin.
        failure = new Failure(linked, refusal.reason(), FailureMessages.classOf(refusal));
    }

    Optional<FailureClass> failure() {
        return failureClass;
    }

    /** Why a start with these contracts is pointless: it has failed before. */
    Optional<Refusal> failureWith(LinkedContracts linked) {
        return Optional.ofNullable(failure)
                .filter(before -> before.linked().equals(linked))
                .map(before -> new Refusal(before.reason()).as(before.failureClass()));
    }

    void waits() {
        waits = true;
    }

    void resume() {
        waits = false;
    }

    /** Whether its next start is scheduled for later. */
    boolean isWaiting() {
        return waits;
    }

    boolean is(State other) {
        return state == other;
    }

    /** Forgets earlier failures. */
    void tryAgain() {
        failure = null;
        waits = false;
    }

    boolean isHopeless() {
        return failure != null;
    }

    PluginStatus status(Optional<RunningPlugin> running) {
        return new PluginStatus(
                id(),
                descriptor().version(),
                state,
                candidate.origin(),
                candidate.file().map(file -> file.getFileName()),
                reason,
                failureClass,
                since,
                descriptor().dependencies(),
                descriptor().exports(),
                running.map(now -> now.generation().name()),
                running.map(RunningPlugin::startedIn));
    }

    /** Name for log messages. */
    String label() {
        return TakenId.label(descriptor(), candidate.file());
    }
}
