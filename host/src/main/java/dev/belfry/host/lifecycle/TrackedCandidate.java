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

    /** The contracts at its last failed start. With the same ones, a retry is pointless. */
    private @Nullable LinkedContracts failedWith;

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
    boolean set(State next, Optional<String> why, Instant now) {
        if (state == next && reason.equals(why)) {
            return false;
        }
        state = next;
        reason = why;
        since = now;
        return true;
    }

    void failed(LinkedContracts linked) {
        failedWith = linked;
    }

    void waits() {
        waits = true;
    }

    void resume() {
        waits = false;
    }

    boolean is(State other) {
        return state == other;
    }

    /** Forgets earlier failures. */
    void tryAgain() {
        failedWith = null;
        waits = false;
    }

    boolean isHopeless() {
        return failedWith != null;
    }

    boolean isWorthATry(LinkedContracts linked) {
        return !waits && !linked.equals(failedWith);
    }

    PluginStatus status(Optional<RunningPlugin> running) {
        return new PluginStatus(
                id(),
                descriptor().version(),
                state,
                candidate.origin(),
                candidate.file().map(file -> file.getFileName()),
                reason,
                since,
                descriptor().dependencies(),
                descriptor().exports(),
                running.map(now -> now.generation().name()),
                running.map(RunningPlugin::startedIn));
    }

    /** Name for log messages. */
    String label() {
        return "plugin " + id() + " " + descriptor().version()
                + candidate.file().map(file -> " (" + file.getFileName() + ")").orElse("");
    }
}
