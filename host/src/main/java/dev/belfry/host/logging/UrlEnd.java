package dev.belfry.host.logging;

/**
 * Finds the end of a URL within a text. That is the end of the word, unless a password contains a space: such a URL is
 * invalid, and therefore quoted in error messages.
 */
final class UrlEnd {

    /** Limits the search, since the text may be untrusted. */
    private static final int MAX_BEYOND = 200;

    private static final int MAX_SCHEME = 40;

    private UrlEnd() {}

    /**
     * @param scheme index of {@code ://}
     * @param begin index behind it
     */
    static int of(String text, int scheme, int begin) {
        int word = endOfWord(text, begin);
        int quote = closingQuote(text, scheme, begin);
        if (quote > word) {
            return quote;
        }
        int at = hasLogin(text, begin, word) ? find(text, '@', word) : -1;
        return at < 0 ? word : endOfWord(text, at);
    }

    /** The last '@' of the URL, or -1. Unlike {@link String#lastIndexOf}, does not search before {@code begin}. */
    static int lastAt(String text, int begin, int end) {
        for (int i = end - 1; i >= begin; i--) {
            if (text.charAt(i) == '@') {
                return i;
            }
        }
        return -1;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** For a URL that a message quotes; otherwise -1. */
    private static int closingQuote(String text, int scheme, int begin) {
        int before = scheme - 1;
        while (before >= 0 && scheme - before <= MAX_SCHEME && isOfScheme(text.charAt(before))) {
            before--;
        }
        if (before < 0 || "'\"".indexOf(text.charAt(before)) < 0) {
            return -1;
        }
        return find(text, text.charAt(before), begin);
    }

    private static boolean isOfScheme(char letter) {
        return Character.isLetterOrDigit(letter) || "+-.:".indexOf(letter) >= 0;
    }

    /** Whether the word has a colon that is not followed by a port, and no '@' yet. */
    private static boolean hasLogin(String text, int begin, int word) {
        int i = begin;
        while (i < word && "[/?#@:".indexOf(text.charAt(i)) < 0) {
            i++;
        }
        if (i + 1 >= word || text.charAt(i) != ':' || lastAt(text, begin, word) >= 0) {
            return false;
        }
        int digits = i + 1;
        while (digits < word && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        boolean port = digits == word || digits > i + 1 && !Character.isLetterOrDigit(text.charAt(digits));
        return !port;
    }

    private static int find(String text, char letter, int from) {
        int limit = Math.min(text.length(), from + MAX_BEYOND);
        for (int i = from; i < limit && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == letter) {
                return i;
            }
        }
        return -1;
    }
}
