package dev.belfry.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is to be reached.
 *
 * @param number as the list of bars in the README counts
 * @param value empty when it was not measured
 * @param limit what the value is compared with
 * @param atLeast whether the value must be the limit at least, or at most
 */
public record Bar(int number, String what, OptionalDouble value, double limit, boolean atLeast) {

    public boolean isMet() {
        return value.isPresent() && (atLeast ? value.getAsDouble() >= limit : value.getAsDouble() <= limit);
    }

    public String verdict() {
        return value.isEmpty() ? "not measured" : isMet() ? "met" : "**not met**";
    }

    public String rule() {
        return (atLeast ? ">= " : "<= ") + shown(limit);
    }

    public String shownValue() {
        return value.isEmpty() ? "" : shown(value.getAsDouble());
    }

    private static String shown(double number) {
        if (Double.isInfinite(number)) {
            return "without bound: the base answered nothing";
        }
        return String.format(Locale.ROOT, number >= 20 ? "%.0f" : "%.2f", number);
    }
}
