package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses durations as Backstage reads them: ISO 8601, a number with a unit such as {@code 90d}, or an object such as
 * {@code {days: 30}}. A month has 30 days and a year 365, as in Backstage; with a unit, a year has 365.25.
 */
public final class DurationText {

    /** What a duration must be. */
    public static final String RULE = "a duration such as PT10S, 10s or {seconds: 10}";

    private static final Pattern CALENDAR = Pattern.compile("(P[^T]+)(T.+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-z]+)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final int DAYS_OF_MONTH = 30;
    private static final int DAYS_OF_YEAR = 365;

    private static final Map<String, Duration> KEYS = Map.of(
            "years", Duration.ofDays(DAYS_OF_YEAR),
            "months", Duration.ofDays(DAYS_OF_MONTH),
            "weeks", Duration.ofDays(7),
            "days", Duration.ofDays(1),
            "hours", Duration.ofHours(1),
            "minutes", Duration.ofMinutes(1),
            "seconds", Duration.ofSeconds(1),
            "milliseconds", Duration.ofMillis(1));

    private DurationText() {}

    public static boolean isDuration(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException when the text is no duration */
    static Duration parse(String text) {
        Matcher unit = WITH_UNIT.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            return unit.matches() ? times(unit.group(1), unit(unit.group(2))) : iso(text.strip());
        } catch (ArithmeticException | DateTimeException e) {
            throw new IllegalArgumentException("no duration", e);
        }
    }

    private static Duration iso(String text) {
        Matcher calendar = CALENDAR.matcher(text);
        if (!calendar.matches()) {
            return Duration.parse(text);
        }
        Period period = Period.parse(calendar.group(1));
        long days = Math.addExact(
                Math.multiplyExact((long) period.getYears(), DAYS_OF_YEAR),
                Math.addExact(Math.multiplyExact((long) period.getMonths(), DAYS_OF_MONTH), period.getDays()));
        Duration time = calendar.group(2) == null ? Duration.ZERO : Duration.parse("P" + calendar.group(2));
        return Duration.ofDays(days).plus(time);
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms", "msec", "msecs", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            case "y", "yr", "yrs", "year", "years" -> Duration.ofHours(8766);
            default -> throw new IllegalArgumentException("unknown unit");
        };
    }

    private static Duration times(String number, Duration unit) {
        BigDecimal millis = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toMillis()));
        return Duration.ofMillis(millis.longValue());
    }

    /** The rule that the part {@code key} of an object violates. */
    static Optional<String> violated(String key, Value part) {
        if (!KEYS.containsKey(key)) {
            return Optional.of("unknown unit"
                    + ClosestName.of(key, KEYS.keySet())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; allowed: " + String.join(", ", new TreeSet<>(KEYS.keySet()))));
        }
        return part.text().filter(NUMBER.asMatchPredicate()).isPresent()
                ? Optional.empty()
                : Optional.of("must be a number such as 30, not " + SecretMasking.shown(part, key));
    }

    /** @return empty when the object is no duration */
    static Optional<Duration> of(Value.Tree tree) {
        try {
            Duration sum = Duration.ZERO;
            for (Map.Entry<String, Value> part : tree.children().entrySet()) {
                Duration unit = KEYS.get(part.getKey());
                String number = part.getValue().text().orElse("");
                if (unit == null || !NUMBER.matcher(number).matches()) {
                    return Optional.empty();
                }
                sum = sum.plus(times(number, unit));
            }
            return tree.children().isEmpty() ? Optional.empty() : Optional.of(sum);
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }
}
