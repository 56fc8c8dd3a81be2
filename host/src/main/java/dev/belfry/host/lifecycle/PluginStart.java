package dev.belfry.host.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One start in progress. Its result counts unless it has been abandoned. */
final class PluginStart {

    private final String generation;
    private final Candidate candidate;
    private final LinkedContracts linked;
    private final boolean isRestart;
    private final CompletableFuture<Void> abandonment = new CompletableFuture<>();

    /** The candidate that the result is for. Guarded by the lifecycle's lock. */
    private TrackedCandidate tracked;

    /** @param isRestart whether an operator has asked for it, although the same code may run */
    PluginStart(String generation, TrackedCandidate tracked, LinkedContracts linked, boolean isRestart) {
        this.generation = generation;
        this.candidate = tracked.candidate();
        this.tracked = tracked;
        this.linked = linked;
        this.isRestart = isRestart;
    }

    String id() {
        return candidate.descriptor().id();
    }

    /** Name of the generation that starts. */
    String generation() {
        return generation;
    }

    /** The candidate whose code starts. */
    Candidate candidate() {
        return candidate;
    }

    LinkedContracts linked() {
        return linked;
    }

    boolean isRestart() {
        return isRestart;
    }

    TrackedCandidate tracked() {
        return tracked;
    }

    /** The same content is in another file now. */
    void continueFor(TrackedCandidate same) {
        tracked = same;
    }

    /** Completes when the result no longer counts. */
    CompletionStage<Void> abandonment() {
        return abandonment;
    }

    boolean isAbandoned() {
        return abandonment.isDone();
    }

    void abandon() {
        abandonment.complete(null);
    }
}
