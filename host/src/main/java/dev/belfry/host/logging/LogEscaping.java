package dev.belfry.host.logging;

/**
 * Escapes the characters that could forge or hide parts of a log line: control characters, line separators, and
 * bidirectional formatting.
 */
public final class LogEscaping {

    private LogEscaping() {}

    /** On one line, with passwords in URLs masked. */
    public static String of(String text) {
        return onOneLine(Redaction.of(text));
    }

    /** For texts such as commands, whose URLs must stay complete. */
    public static String onOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isForging(text.charAt(i))) {
                return spelledOut(text);
            }
        }
        return text;
    }

    private static String spelledOut(String text) {
        StringBuilder spelled = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '\n' -> spelled.append("\\n");
                case '\r' -> spelled.append("\\r");
                case '\t' -> spelled.append("\\t");
                default -> {
                    if (isForging(letter)) {
                        spelled.append("\\u%04X".formatted((int) letter));
                    } else {
                        spelled.append(letter);
                    }
                }
            }
        }
        return spelled.toString();
    }

    private static boolean isForging(char letter) {
        return Character.isISOControl(letter)
                || letter == 0x2028
                || letter == 0x2029
                || letter == 0x061C
                || letter == 0x200E
                || letter == 0x200F
                || (letter >= 0x202A && letter <= 0x202E)
                || (letter >= 0x2066 && letter <= 0x2069);
    }
}
