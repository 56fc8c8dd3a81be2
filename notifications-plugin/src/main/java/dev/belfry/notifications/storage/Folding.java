package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * Text without its differences of case, so that it can be searched alike on every database, also beyond ASCII. It goes code
 * point by code point: part of a text folds to part of the folded text.
 *
 * @since 0.1
 */
public final class Folding {

    /** Stands between title and message; no query can match across it, since folding leaves none in either. */
    private static final char SEPARATOR = '\uFFFF';

    /** Like the separator no character of any script. */
    private static final int IN_PLACE_OF_SEPARATOR = 0xFFFE;

    private Folding() {}

    /** The text that is searched. */
    public static String fold(String title, @Nullable String message) {
        return message == null ? fold(title) : fold(title) + SEPARATOR + fold(message);
    }

    /** Folds a text. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().map(Folding::fold).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** By way of upper case: some letters have two lower cases, as the Greek sigma has. */
    private static int fold(int codePoint) {
        return codePoint == SEPARATOR ? IN_PLACE_OF_SEPARATOR : Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
