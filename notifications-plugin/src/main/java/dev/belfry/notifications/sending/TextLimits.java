package dev.belfry.notifications.sending;

import org.jspecify.annotations.Nullable;

/** Limits of the texts of a notification. Lengths count code points. */
public final class TextLimits {

    /** Maximum length of a single-line text, such as a title. */
    static final int MAX_LINE = 255;

    private static final int MAX_URL = 2048;

    private TextLimits() {}

    /** Checks a required single-line text. */
    public static String required(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(field + " is required");
        }
        return between(1, MAX_LINE, field, text);
    }

    /** Checks a required URL. */
    static String url(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(field + " is required");
        }
        return between(1, MAX_URL, field, text);
    }

    /** The length of a text in UTF-8, in bytes. */
    static long bytes(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            // Each half of a surrogate pair counts 2 of its 4 bytes.
            bytes += unit < 0x80 ? 0 : unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
        }
        return bytes;
    }

    /** Checks an optional single-line text. */
    public static @Nullable String optional(String field, @Nullable String text) {
        return text == null ? null : between(0, MAX_LINE, field, text);
    }

    private static String between(int min, int max, String field, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            throw new InvalidInput(field + " must have " + min + " to " + max + " characters, not " + length);
        }
        return storable(field, text);
    }

    /** Rejects characters that a database cannot store or that would not be read back unchanged. */
    static String storable(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                throw new InvalidInput(field + " must not have the character U+0000 (at position " + i + ")");
            }
            if (Character.isSurrogate(unit)) {
                if (!Character.isHighSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new InvalidInput(field + " must not have half a surrogate pair (at position " + i + ")");
                }
                i++;
            }
        }
        return text;
    }
}
