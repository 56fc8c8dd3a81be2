package dev.belfry.host.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Optional;

/** The bounds of a component's values: {@link Range} and {@link DurationRange}. */
final class Bounds {

    private Bounds() {}

    /** The rule that the value violates. */
    static Optional<String> violated(RecordComponent component, Object value) {
        Range range = component.getAnnotation(Range.class);
        if (range != null && value instanceof Number number) {
            long found = number.longValue();
            return found >= range.min() && found <= range.max() ? Optional.empty() : Optional.of(rule(range));
        }
        DurationRange times = component.getAnnotation(DurationRange.class);
        return times != null && value instanceof Duration duration && !isWithin(duration, times)
                ? Optional.of(rule(times))
                : Optional.empty();
    }

    private static boolean isWithin(Duration duration, DurationRange range) {
        return (range.orNever() && duration.isZero())
                || (duration.compareTo(Duration.parse(range.min())) >= 0
                        && duration.compareTo(Duration.parse(range.max())) <= 0);
    }

    private static String rule(Range range) {
        return range.max() == Long.MAX_VALUE
                ? "must be " + range.min() + " or more"
                : "must be between " + range.min() + " and " + range.max();
    }

    private static String rule(DurationRange range) {
        return "must be between " + range.min() + " and " + range.max()
                + (range.orNever() ? ", or PT0S for never" : "");
    }
}
