package dev.belfry.api.queue;

/**
 * Handles the payloads of a queue.
 *
 * @param <T> class of the payloads
 * @since 0.2
 */
@FunctionalInterface
public interface QueueHandler<T> {

    /**
     * Handles a payload. May be called again with the same payload, for example after a crash, so the result must be the same. Runs on
     * a virtual thread, for several payloads at a time. The thread is interrupted if the plugin stops and the drain limit has passed,
     * or if the database cannot be reached for so long that another host may take over.
     *
     * @throws Exception if it failed; it is tried again later
     */
    void handle(T payload) throws Exception;
}
