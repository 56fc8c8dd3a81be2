package dev.belfry.notifications.jooq.transaction;

import dev.belfry.api.database.Database;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.DatabaseUnavailable.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Retries work for up to 2 s while the database is unavailable, so that clients do not notice a restart of a server or a pool. Then it
 * throws a {@link DatabaseUnavailable}.
 */
public final class Retry {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    /** The reasons that often pass within the timeout. A full disk does not. */
    private static final Set<Reason> BRIEF = EnumSet.of(Reason.AWAY, Reason.BUSY);

    private final Database database;

    /** @param database recognizes the failures of an unavailable database */
    public Retry(Database database) {
        this.database = database;
    }

    /** Runs the work, and again while the database is unavailable. The work has to be safe to repeat. */
    public <T> T whileUnavailable(Supplier<T> work) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException failure) {
                Optional<DatabaseUnavailable> unavailable = database.unavailability(failure);
                boolean isBrief =
                        unavailable.filter(now -> BRIEF.contains(now.reason())).isPresent();
                if (!isBrief || System.nanoTime() + pause.toNanos() > end) {
                    throw unavailable.<RuntimeException>map(now -> now).orElse(failure);
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
}
