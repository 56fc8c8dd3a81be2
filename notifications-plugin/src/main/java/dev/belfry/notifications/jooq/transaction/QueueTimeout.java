package dev.belfry.notifications.jooq.transaction;

import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jooq.exception.DataAccessException;

/** The failure of a request that waited too long for its turn at the database: the same as that of an exhausted pool. */
public final class QueueTimeout {

    private QueueTimeout() {}

    public static DataAccessException after(Duration timeout) {
        String message = "no turn at the database within " + timeout.toMillis() + " ms";
        return new DataAccessException(message, new SQLTransientConnectionException(message));
    }
}
