package dev.belfry.notifications.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses date-times of RFC 3339, leniently: without an offset they are UTC, seconds are optional because Java leaves them out
 * when they are zero, and second 60 is the first second of the next minute. docs/decisions/0055 says why it is no
 * {@code DateTimeFormatter}.
 */
final class Rfc3339 {

    /** An offset may begin with a space, because an unescaped '+' in a query is one. */
    private static final Pattern FORM =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[Tt ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?"
                    + "(?:[Zz]|([+ -])(\\d\\d):(\\d\\d))?");

    private static final int NANO_DIGITS = 9;
    private static final int LEAP_SECOND = 60;
    private static final int MAX_OFFSET_HOURS = 23;
    private static final int MAX_OFFSET_MINUTES = 59;

    private Rfc3339() {}

    /** @return empty when the text is not a date-time */
    static Optional<Instant> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            int second = number(parts.group(3));
            if (second > LEAP_SECOND) {
                return Optional.empty();
            }
            LocalDateTime local = LocalDateTime.parse(parts.group(1) + "T" + parts.group(2))
                    .plusSeconds(second)
                    .plusNanos(nanos(parts.group(4)));
            return offsetMinutes(parts)
                    .map(minutes -> local.minusMinutes(minutes).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> offsetMinutes(Matcher parts) {
        int hours = number(parts.group(6));
        int minutes = number(parts.group(7));
        if (hours > MAX_OFFSET_HOURS || minutes > MAX_OFFSET_MINUTES) {
            return Optional.empty();
        }
        int offset = hours * 60 + minutes;
        return Optional.of("-".equals(parts.group(5)) ? -offset : offset);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Digits beyond nanoseconds are cut off. */
    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
    }
}
