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

    /** A way by which a plugin depends on itself, such as {@code a, b, a}; empty when there is none. */
    List<String> circleThrough(String id) {
        return wayTo(id, id, new LinkedHashSet<>());
    }

    private List<String> wayTo(String goal, String from, Set<String> visited) {
        for (String next : dependenciesOf(from)) {
            if (next.equals(goal)) {
                return List.of(from, goal);
            }
            if (visited.add(next)) {
                List<String> rest = wayTo(goal, next, visited);
                if (!rest.isEmpty()) {
                    List<String> way = new ArrayList<>(List.of(from));
                    way.addAll(rest);
                    return way;
                }
            }
        }
        return List.of();
    }

    private Set<String> dependenciesOf(String id) {
        Set<String> dependencies = new LinkedHashSet<>();
        of(id).forEach(offer -> dependencies.addAll(offer.descriptor().dependencies()));
        return dependencies;
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
