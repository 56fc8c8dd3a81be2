package dev.belfry.notifications.jooq.transaction;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Retries work for up to 2 s while the database is unavailable, so that clients do not notice a restart of a server or a pool. */
public final class Retry {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    /** The server is shutting down, has crashed, or is starting (PostgreSQL, appendix A, class 57). */
    private static final Set<String> UNAVAILABLE = Set.of("57P01", "57P02", "57P03");

    /** Class "connection exception" of the SQL standard. */
    private static final String CONNECTION_CLASS = "08";

    private Retry() {}

    /** Runs the work, and again while the database is unavailable. The work has to be safe to repeat. */
    public static <T> T whileUnavailable(Supplier<T> work) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException failure) {
                if (!isUnavailable(failure) || System.nanoTime() + pause.toNanos() > end) {
                    throw failure;
                }
                sleep(pause, failure);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static void sleep(Duration pause, RuntimeException failure) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private static boolean isUnavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && (e.getSQLState().startsWith(CONNECTION_CLASS) || UNAVAILABLE.contains(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
