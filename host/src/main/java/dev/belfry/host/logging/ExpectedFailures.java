package dev.belfry.host.logging;

import dev.belfry.host.library.OptionalLibrary;
import java.util.function.Predicate;

/** Drops the lines of a library about failures that the host logs in its own words. */
public final class ExpectedFailures {

    private ExpectedFailures() {}

    /**
     * With another logging library than Logback, the lines stay.
     *
     * @param loggers prefix of their names
     */
    public static void drop(String loggers, Predicate<Throwable> expected) {
        if (OptionalLibrary.isLogbackInUse()) {
            ExpectedFailureFilter.add(loggers, expected);
        }
    }
}
