package dev.belfry.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 30m}, {@code 1h}, {@code 7d}, and ISO 8601. */
final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            Duration time = upper.startsWith("P")
                    ? Duration.parse(upper)
                    : Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
            if (time.isPositive()) {
                return time;
            }
        } catch (DateTimeException _) {
            // Not ISO 8601 either: report it below.
        }
        throw new TypeConversionException("'" + text + "' is no time such as 30m, 1h, 7d or PT1H");
    }
}
