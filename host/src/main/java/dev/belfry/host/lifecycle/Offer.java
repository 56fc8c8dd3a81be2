package dev.belfry.host.lifecycle;

import java.time.Instant;
import java.util.Optional;

/** A candidate as the lifecycle sees it: one that may run, and how it fared. */
final class Offer {

    private final Candidate candidate;
    private State state = State.STARTING;
    private Optional<String> reason = Optional.empty();
    private Instant since;
    private boolean triedInVain;

    Offer(Candidate candidate, Instant since) {
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

    void set(State next, Optional<String> why, Instant now) {
        if (state != next || !reason.equals(why)) {
            state = next;
            reason = why;
            since = now;
        }
    }

    /** It failed by itself: trying it again would not help. */
    void giveUp() {
        triedInVain = true;
    }

    boolean isWorthATry() {
        return !triedInVain;
    }

    PluginStatus status() {
        return new PluginStatus(
                id(),
                descriptor().version(),
                state,
                candidate.origin(),
                candidate.file().map(file -> file.getFileName()),
                reason,
                since);
    }

    /** For the log. */
    String label() {
        return "plugin " + id() + " " + descriptor().version()
                + candidate.file().map(file -> " (" + file.getFileName() + ")").orElse("");
    }
}
