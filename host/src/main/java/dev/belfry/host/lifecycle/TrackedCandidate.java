package dev.belfry.host.lifecycle;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A candidate as the lifecycle sees it: one that may run, and how it fared. */
final class TrackedCandidate {

    private final Candidate candidate;
    private State state = State.STARTING;
    private Optional<String> reason = Optional.empty();
    private Instant since;

    /** What it was linked with when it failed; with the same there is no use in trying again. */
    private @Nullable LinkedContracts failedWith;

    /** It failed for something that will be back: when that is worth another try, somebody says so. */
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

    /** @return whether that is news */
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

    /** Whatever went wrong before may go well now. */
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

    /** For the log. */
    String label() {
        return "plugin " + id() + " " + descriptor().version()
                + candidate.file().map(file -> " (" + file.getFileName() + ")").orElse("");
    }
}
