package dev.belfry.notifications.jooq;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** Waits a moment for a database that is away: who polls for notifications must not see a pool or a server restart. */
final class Retry {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    /** The server is shutting down, has crashed, or is starting (PostgreSQL, appendix A, class 57). */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03");

    /** "Connection exception" of the SQL standard. */
    private static final String CONNECTION_CLASS = "08";

    private Retry() {}

    /** Does the work, again and again while the database is away. Only for work that may be done twice. */
    static <T> T whileUnavailable(Supplier<T> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException failure) {
                if (!isAway(failure) || System.nanoTime() + pause.toNanos() > end) {
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

    private static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException e
                    && e.getSQLState() != null
                    && (e.getSQLState().startsWith(CONNECTION_CLASS) || AWAY.contains(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
