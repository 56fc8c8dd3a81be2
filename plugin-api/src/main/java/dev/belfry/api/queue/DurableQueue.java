package dev.belfry.api.queue;

import java.sql.Connection;

/**
 * A queue in the plugin's own database. All hosts that share the database work on it.
 *
 * <p>Each payload is handled at least once, also if a host is killed, and usually once. Payloads are handled concurrently, in no
 * particular order. A payload that cannot be handled is tried again, and becomes a dead letter after the last attempt of the {@link
 * RetryPolicy}. Instances are thread-safe.
 *
 * @param <T> class of the payloads
 * @since 0.2
 */
public interface DurableQueue<T> {

    /**
     * Stores a payload. When this returns, it survives a crash.
     *
     * @throws IllegalArgumentException if {@code payload} cannot be written as JSON
     * @throws dev.belfry.api.database.DatabaseUnavailable if the database is unavailable; the payload may be stored nevertheless
     */
    void put(T payload);

    /**
     * Stores a payload in a transaction of the plugin. It is handled after the commit, within about a second, and not at all after a
     * rollback.
     *
     * @param connection of {@link dev.belfry.api.database.Database#dataSource}; is neither committed nor closed
     * @throws IllegalArgumentException if {@code payload} cannot be written as JSON
     * @throws dev.belfry.api.database.DatabaseUnavailable if the database is unavailable
     */
    void put(Connection connection, T payload);

    /** Number of payloads that wait or are being handled. */
    long depth();

    /** Number of payloads that failed at their last attempt. */
    long deadLetters();

    /**
     * Puts all dead letters into the queue again, with all their attempts.
     *
     * @return their number
     */
    int retryDeadLetters();
}
