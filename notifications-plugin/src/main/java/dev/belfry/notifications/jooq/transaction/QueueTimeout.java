package dev.belfry.notifications.jooq.transaction;

import dev.belfry.api.database.DatabaseUnavailable;
import java.time.Duration;

/** The failure of a request that waited too long for its turn at the database: the same as of an exhausted pool. */
public final class QueueTimeout {

    private QueueTimeout() {}

    public static DatabaseUnavailable after(Duration timeout) {
        return new DatabaseUnavailable(
                "no turn at the database within " + timeout.toMillis() + " ms", DatabaseUnavailable.Reason.BUSY, null);
    }
}
