package dev.belfry.host.spelling;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.text.similarity.DamerauLevenshteinDistance;

/** Finds the known name that a misspelled name probably means. */
public final class ClosestName {

    private static final int MAX_DISTANCE = 3;
    /** A transposition of two letters counts as one error: it is the most frequent one. */
    private static final DamerauLevenshteinDistance DISTANCE = new DamerauLevenshteinDistance(MAX_DISTANCE);

    private ClosestName() {}

    /** The closest of {@code known} that differs in at most three letters, and in at most a third of them. */
    public static Optional<String> of(String given, Collection<String> known) {
        return known.stream()
                .filter(name -> Math.abs(given.length() - name.length()) <= MAX_DISTANCE)
                .filter(name -> distance(given, name) >= 0)
                .filter(name -> distance(given, name) * 3 <= Math.max(given.length(), name.length()))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    /**
     * As {@link #of}, for names of words with dots between them: each word must be near, so that another word in its place is no
     * misspelling. A missing or doubled dot is one.
     */
    public static Optional<String> ofWords(String given, Collection<String> known) {
        return of(
                given, known.stream().filter(name -> isMisspelling(given, name)).toList());
    }

    private static boolean isMisspelling(String given, String name) {
        String[] words = given.split("\\.");
        String[] others = name.split("\\.");
        if (words.length != others.length) {
            return distance(given, name) == 1;
        }
        return IntStream.range(0, words.length)
                .allMatch(i -> of(words[i], List.of(others[i])).isPresent());
    }

    /** Number of letters that differ, a transposition counting as one; negative when there are more than three. */
    public static int distance(String a, String b) {
        return DISTANCE.apply(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
    }
}
