package dev.belfry.host.config;

import org.jspecify.annotations.Nullable;

/** What an unquoted value means, as YAML 1.2 has it: {@code on} and {@code yes} are texts. */
final class ScalarText {

    private ScalarText() {}

    /** @return a string, long, double, boolean, or null */
    static @Nullable Object meaning(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    /** A number only where it reads back as it was written: passwords such as 0123 and versions such as 1.10 are texts. */
    private static Object number(String text) {
        try {
            if (text.matches("-?\\d{1,18}") && text.equals(Long.toString(Long.parseLong(text)))) {
                return Long.valueOf(text);
            }
            if (text.matches("-?\\d+\\.\\d+") && text.equals(Double.toString(Double.parseDouble(text)))) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalStateException("digits that are no number: " + text.length(), e);
        }
        return text;
    }
}
