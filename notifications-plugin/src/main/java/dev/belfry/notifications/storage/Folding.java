package dev.belfry.notifications.storage;

import org.jspecify.annotations.Nullable;

/**
 * Case folding, so that a search has the same result on every database, also beyond ASCII. It folds each code point on its own,
 * so a part of a text folds to a part of the folded text.
 *
 * @since 0.1
 */
public final class Folding {

    /** Separates title and message. No query matches across it, because folded text does not contain it. */
    private static final char SEPARATOR = '\uFFFF';

    /** Replaces the separator in texts; like it, not a character of any script. */
    private static final int IN_PLACE_OF_SEPARATOR = 0xFFFE;

    private Folding() {}

    /** Folds the searchable text of a notification. */
    public static String fold(String title, @Nullable String message) {
        return message == null ? fold(title) : fold(title) + SEPARATOR + fold(message);
    }

    /** Folds a text. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().map(Folding::fold).forEach(folded::appendCodePoint);
        return folded.toString();
    }

    /** Through upper case, because some letters have two lower-case forms, such as the Greek sigma. */
    private static int fold(int codePoint) {
        return codePoint == SEPARATOR ? IN_PLACE_OF_SEPARATOR : Character.toLowerCase(Character.toUpperCase(codePoint));
    }
}
