package dev.belfry.notifications.rest;

import dev.belfry.api.web.ApiError;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parses query parameters strictly. The errors say what is allowed. */
final class QueryValues {

    private static final Pattern DIGITS = Pattern.compile("0*([0-9]{1,10})");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int MAX_SHOWN = 100;

    private QueryValues() {}

    static String required(Context context, String name) {
        String value = context.queryParam(name);
        if (value == null) {
            throw ApiError.input("query parameter '" + name + "' is required");
        }
        return value;
    }

    /** A number from 0 to 2,147,483,647. */
    static int number(String name, String value) {
        var digits = DIGITS.matcher(value);
        if (digits.matches()) {
            long number = Long.parseLong(digits.group(1));
            if (number <= Integer.MAX_VALUE) {
                return (int) number;
            }
        }
        throw wrong(name, value, "a whole number from 0 to " + Integer.MAX_VALUE + ", in digits");
    }

    static boolean bool(String name, String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, value, "true or false");
        };
    }

    /** One of the constants, in lower case. */
    static <E extends Enum<E>> E word(String name, String value, Class<E> words) {
        for (E word : words.getEnumConstants()) {
            if (spelled(word).equals(value)) {
                return word;
            }
        }
        throw wrong(
                name,
                value,
                Stream.of(words.getEnumConstants())
                        .map(QueryValues::spelled)
                        .collect(Collectors.joining(", ", "one of ", "")));
    }

    private static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    static boolean isUuid(String value) {
        return UUID_FORM.matcher(value).matches();
    }

    static UUID uuid(String name, String value) {
        if (!isUuid(value)) {
            throw wrong(name, value, "a UUID (8-4-4-4-12 hexadecimal digits)");
        }
        return UUID.fromString(value);
    }

    /** A date-time; see {@link Rfc3339}. */
    static Instant instant(String name, String value) {
        return Rfc3339.parse(value)
                .orElseThrow(() ->
                        wrong(name, value, "a date-time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00:00.5+01:00"));
    }

    /** A text without characters that a database cannot store. */
    static String text(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw ApiError.input("query parameter '" + name + "' must not have the character U+0000");
        }
        return value;
    }

    static ApiError wrong(String name, String value, String allowed) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return ApiError.input("query parameter '" + name + "' must be " + allowed + ", not '" + shown + "'");
    }
}
