package dev.belfry.host.logging;

import dev.belfry.api.database.DatabaseUnavailable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Logs the failures of work that is repeated. While its database is unavailable, it logs one line for each reason, without a stack
 * trace: the code is not at fault.
 */
public final class RepeatedFailure {

    private final Logger logger;
    private final String work;
    private final String next;
    private final AtomicReference<@Nullable String> logged = new AtomicReference<>();

    /**
     * @param work such as {@code job 'x'}
     * @param next what happens next
     */
    public RepeatedFailure(Logger logger, String work, String next) {
        this.logger = logger;
        this.work = work;
        this.next = next;
    }

    public void log(Throwable failure) {
        if (!(failure instanceof DatabaseUnavailable unavailable)) {
            logger.warn("{} failed; {}", work, next, failure);
            return;
        }
        String reason = String.valueOf(unavailable.getMessage());
        if (!reason.equals(logged.getAndSet(reason))) {
            logger.warn("{} failed: {}; {}", work, reason, next);
        }
    }

    /** The work has succeeded. */
    public void over() {
        logged.set(null);
    }
}
