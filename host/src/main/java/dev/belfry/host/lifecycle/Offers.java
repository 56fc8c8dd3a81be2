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

/** The candidates that are there, and the files that hold none. Not safe for several threads: the lifecycle guards it. */
final class Offers {

    private final Comparator<Offer> bestFirst;
    private final List<Offer> offers = new ArrayList<>();
    private final Map<Path, PluginStatus> refused = new LinkedHashMap<>();

    /** @param versions orders semantic versions, lowest first */
    Offers(Comparator<String> versions) {
        bestFirst = Comparator.comparing((Offer offer) -> offer.candidate().origin())
                .thenComparing(offer -> offer.descriptor().version(), versions.reversed());
    }

    void add(Candidate candidate, Instant now) {
        offers.add(new Offer(candidate, now));
    }

    void refuse(Path file, String reason, Instant now) {
        refused.put(
                file,
                new PluginStatus(
                        String.valueOf(file.getFileName()).replaceFirst("\\.jar$", ""),
                        "",
                        State.FAILED,
                        Origin.DYNAMIC,
                        Optional.of(file.getFileName()),
                        Optional.of(reason),
                        now));
    }

    /** @return ids of what the file held */
    Set<String> forget(Path file) {
        refused.remove(file);
        Set<String> ids = new LinkedHashSet<>();
        offers.removeIf(offer -> {
            boolean ofFile = offer.candidate().isFrom(file);
            if (ofFile) {
                ids.add(offer.id());
                offer.candidate().discard();
            }
            return ofFile;
        });
        return ids;
    }

    /** Those of one plugin, the one that should run first. */
    List<Offer> of(String id) {
        return offers.stream()
                .filter(offer -> offer.id().equals(id))
                .sorted(bestFirst)
                .toList();
    }

    Set<String> dependentsOf(String id) {
        Set<String> dependents = new LinkedHashSet<>();
        offers.stream()
                .filter(offer -> offer.descriptor().dependencies().contains(id))
                .forEach(offer -> dependents.add(offer.id()));
        return dependents;
    }

    /** Whether the file is there, and holds something of this plugin or nothing that could be taken on. */
    boolean holdsSomethingFor(String id, Path file) {
        return refused.containsKey(file)
                || of(id).stream().anyMatch(offer -> offer.candidate().isFrom(file));
    }

    boolean has(Candidate candidate) {
        return offers.stream().anyMatch(offer -> offer.candidate().equals(candidate));
    }

    List<PluginStatus> statuses() {
        return offers.stream().map(Offer::status).toList();
    }

    List<PluginStatus> refusals() {
        return List.copyOf(refused.values());
    }

    void discardAll() {
        offers.forEach(offer -> offer.candidate().discard());
        offers.clear();
    }
}
