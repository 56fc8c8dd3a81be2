package dev.belfry.host.config;

import org.jspecify.annotations.Nullable;

/** Parses an unquoted scalar as YAML 1.2 does: {@code on} and {@code yes} are strings. */
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

    /** A number only if it prints as it was written: passwords such as 0123 and versions such as 1.10 are strings. */
    private static Object number(String text) {
        try {
            if (text.matches("-?\\d{1,18}") && text.equals(Long.toString(Long.parseLong(text)))) {
                return Long.valueOf(text);
            }
            if (text.matches("-?\\d+\\.\\d+") && text.equals(Double.toString(Double.parseDouble(text)))) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalStateException("digits that are not a number: " + text.length(), e);
        }
        return text;
    }
}
