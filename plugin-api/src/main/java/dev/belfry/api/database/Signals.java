package dev.belfry.api.database;

/**
 * Tells the same plugin on other hosts with the same database that something has changed, so that they look at once. PostgreSQL
 * carries the signals. On SQLite, which has one host, and behind a pooler that does not keep sessions
 * ({@link Database#keepsSessions}), nothing happens.
 *
 * <p>A signal has no content, and it can be lost, for example while the database restarts. A listener must therefore also look at
 * an interval. All methods are thread-safe.
 *
 * @since 0.2
 */
public interface Signals {

    /**
     * Sends a signal to the other hosts soon. Does not wait and does not throw. Signals of a topic that follow within 50 ms are sent
     * as one.
     *
     * @param topic 1 to 100 characters: lowercase letters, digits, {@code -}, {@code .}
     * @throws IllegalArgumentException if the topic has another form
     */
    void send(String topic);

    /**
     * Listens to the signals of other hosts until the plugin stops. Needs one connection to PostgreSQL beyond the pool.
     *
     * @param topic as for {@link #send}
     * @param listener called on a thread of the host, also after a time in which signals may have been lost. Must return soon
     * @throws IllegalArgumentException if the topic has another form
     */
    void listen(String topic, Runnable listener);
}
