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

    Offers(Versions versions) {
        bestFirst = Comparator.comparing((Offer offer) -> offer.candidate().origin())
                .thenComparing(offer -> offer.descriptor().version(), versions.reversed());
    }

    void add(Candidate candidate, Instant now) {
        offers.add(new Offer(candidate, now));
    }

    boolean isRefused(Path file, String reason) {
        PluginStatus known = refused.get(file);
        return known != null && known.reason().filter(reason::equals).isPresent();
    }

    void refuse(Path file, Refusal refusal, Instant now) {
        refused.put(
                file,
                new PluginStatus(
                        String.valueOf(file.getFileName()).replaceFirst("\\.jar$", ""),
                        "",
                        refusal.state(),
                        Origin.DYNAMIC,
                        Optional.of(file.getFileName()),
                        Optional.of(refusal.reason()),
                        now,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The file is not there, or holds something else by now. */
    void forget(Path file) {
        refused.remove(file);
        offers.removeIf(offer -> {
            boolean ofFile = offer.candidate().isFrom(file);
            if (ofFile) {
                offer.candidate().discard();
            }
            return ofFile;
        });
    }

    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        offers.forEach(offer -> ids.add(offer.id()));
        return ids;
    }

    /** Those of one plugin, the one that should run first. */
    List<Offer> of(String id) {
        return offers.stream()
                .filter(offer -> offer.id().equals(id))
                .sorted(bestFirst)
                .toList();
    }

    /** Whether the file is there, and holds something of this plugin or nothing that could be taken on. */
    boolean holdsSomethingFor(String id, Path file) {
        return refused.containsKey(file)
                || of(id).stream().anyMatch(offer -> offer.candidate().isFrom(file));
    }

    List<Offer> all() {
        return List.copyOf(offers);
    }

    List<PluginStatus> refusals() {
        return List.copyOf(refused.values());
    }

    void discardAll() {
        offers.forEach(offer -> offer.candidate().discard());
        offers.clear();
    }
}
