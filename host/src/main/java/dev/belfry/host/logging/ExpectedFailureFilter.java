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

/** {@link ExpectedFailures} in Logback. */
final class ExpectedFailureFilter extends TurboFilter {

    private final String loggers;
    private final Predicate<Throwable> expected;

    private ExpectedFailureFilter(String loggers, Predicate<Throwable> expected) {
        this.loggers = loggers;
        this.expected = expected;
    }

    static void add(String loggers, Predicate<Throwable> expected) {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .addTurboFilter(new ExpectedFailureFilter(loggers, expected));
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
