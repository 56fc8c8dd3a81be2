package dev.belfry.host.lifecycle;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All candidates, and the files that contain none. Not thread-safe: guarded by the lifecycle's lock. */
final class Candidates {

    private final Comparator<TrackedCandidate> bestFirst;
    private final List<TrackedCandidate> candidates = new ArrayList<>();
    private final Map<Path, Refused> refused = new LinkedHashMap<>();

    /**
     * A file without a valid plugin.
     *
     * @param claimedId the plugin that it claims to be
     */
    private record Refused(PluginStatus status, Optional<String> claimedId) {}

    Candidates(VersionRules versions) {
        bestFirst = Comparator.comparing(
                        (TrackedCandidate tracked) -> tracked.candidate().origin())
                .thenComparing(tracked -> tracked.descriptor().version(), versions.reversed());
    }

    void add(Candidate candidate, Instant now) {
        candidates.add(new TrackedCandidate(candidate, now));
    }

    boolean isRefused(Path file, String reason) {
        Refused known = refused.get(file);
        return known != null && known.status().reason().filter(reason::equals).isPresent();
    }

    void refuse(Path file, Refusal refusal, Instant now) {
        Optional<FailureClass> failure = Optional.of(refusal.state())
                .filter(State.FAILED::equals)
                .map(failed -> refusal.failure().orElse(FailureClass.INCOMPATIBLE));
        PluginStatus status = new PluginStatus(
                String.valueOf(file.getFileName()).replaceFirst("\\.jar$", ""),
                "",
                refusal.state(),
                PluginOrigin.DYNAMIC,
                Optional.of(file.getFileName()),
                Optional.of(refusal.reason()),
                failure,
                now,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        refused.put(file, new Refused(status, refusal.claimedId()));
    }

    /** The failures by plugin: of candidates, and of refused files that claim to be a plugin. */
    Map<String, FailureClass> failures() {
        Map<String, FailureClass> failures = new LinkedHashMap<>();
        ids().forEach(id -> of(id).stream()
                .flatMap(tracked -> tracked.failure().stream())
                .findFirst()
                .ifPresent(failure -> failures.put(id, failure)));
        refused.values()
                .forEach(file -> file.claimedId()
                        .ifPresent(
                                id -> file.status().failure().ifPresent(failure -> failures.putIfAbsent(id, failure))));
        return failures;
    }

    /** The file was removed, or its content has changed. */
    void forget(Path file) {
        refused.remove(file);
        candidates.removeIf(tracked -> {
            boolean ofFile = tracked.candidate().isFrom(file);
            if (ofFile) {
                tracked.candidate().discard();
            }
            return ofFile;
        });
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        candidates.forEach(tracked -> ids.add(tracked.id()));
        return ids;
    }

    /** The candidates of one plugin, best first. */
    List<TrackedCandidate> of(String id) {
        return candidates.stream()
                .filter(tracked -> tracked.id().equals(id))
                .sorted(bestFirst)
                .toList();
    }

    boolean contains(Candidate candidate) {
        return candidates.stream().anyMatch(tracked -> tracked.candidate().equals(candidate));
    }

    /** Whether the file exists and holds a candidate for this plugin, or an invalid JAR. */
    boolean holdsSomethingFor(String id, Path file) {
        return refused.containsKey(file)
                || of(id).stream().anyMatch(tracked -> tracked.candidate().isFrom(file));
    }

    List<TrackedCandidate> all() {
        return List.copyOf(candidates);
    }

    List<PluginStatus> refusals() {
        return refused.values().stream().map(Refused::status).toList();
    }

    void discardAll() {
        candidates.forEach(tracked -> tracked.candidate().discard());
        candidates.clear();
    }
}
