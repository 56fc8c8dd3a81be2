package dev.belfry.host.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Drops the lines of a library about failures that the host logs in its own words. */
public final class ExpectedFailures extends TurboFilter {

    private final String loggers;
    private final Predicate<Throwable> expected;

    private ExpectedFailures(String loggers, Predicate<Throwable> expected) {
        this.loggers = loggers;
        this.expected = expected;
    }

    /**
     * With another logging library than Logback, the lines stay.
     *
     * @param loggers prefix of their names
     */
    public static void drop(String loggers, Predicate<Throwable> expected) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(new ExpectedFailures(loggers, expected));
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (!logger.getName().startsWith(loggers)) {
            return FilterReply.NEUTRAL;
        }
        Throwable logged = failure == null ? last(arguments) : failure;
        return logged != null && expected.test(logged) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** Logback takes an exception out of the arguments only after the filters. */
    private static @Nullable Throwable last(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable failure
                ? failure
                : null;
    }
}
