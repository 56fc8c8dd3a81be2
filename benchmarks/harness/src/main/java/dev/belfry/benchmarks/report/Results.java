package dev.belfry.benchmarks.report;

import dev.belfry.benchmarks.load.Rate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, round by round. */
public final class Results {

    private final Map<Key, List<Rate>> rounds = new LinkedHashMap<>();

    public void add(Key key, Rate rate) {
        rounds.computeIfAbsent(key, _ -> new ArrayList<>()).add(rate);
    }

    /** The round in the middle; empty when there was none. */
    public Optional<Rate> median(Key key) {
        List<Rate> rates = rounds.getOrDefault(key, List.of());
        List<Rate> sorted =
                rates.stream().sorted(Comparator.comparing(Rate::perSecond)).toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
    }

    public Map<Key, List<Rate>> rounds() {
        return rounds;
    }
}
