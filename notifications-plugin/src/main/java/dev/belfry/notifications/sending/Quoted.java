package dev.belfry.notifications.sending;

/** Quotes a sender's value in a message: shortens it, and escapes control characters. */
public final class Quoted {

    private static final int MAX = 80;

    private Quoted() {}

    public static String of(String value) {
        StringBuilder quoted = new StringBuilder("'");
        value.codePoints().limit(MAX).forEach(codePoint -> append(quoted, codePoint));
        if (value.codePointCount(0, value.length()) > MAX) {
            quoted.append("...");
        }
        return quoted.append('\'').toString();
    }

    private static void append(StringBuilder quoted, int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.CONTROL || type == Character.SURROGATE) {
            quoted.append("\\u%04X".formatted(codePoint));
        } else {
            quoted.appendCodePoint(codePoint);
        }
    }
}
