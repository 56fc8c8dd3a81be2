package dev.belfry.host.spelling;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the known name that a misspelt one was probably meant to be. */
public final class ClosestName {

    private static final int MAX_DISTANCE = 3;
    /** Two letters that changed places count as one mistake: that is how most names are misspelt. */
    private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance(MAX_DISTANCE);

    private ClosestName() {}

    /** The nearest of {@code known}, if it is near enough to be worth a hint: at most three letters, and a third of them. */
    public static Optional<String> of(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(given, name) >= 0)
                .filter(name -> distance(given, name) * 3 <= Math.max(given.length(), name.length()))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int distance(String a, String b) {
        return DISTANCE.apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }
}
