package dev.belfry.api.event;

/**
 * Listens to events.
 *
 * @param <T> class of the events
 * @since 0.2
 */
@FunctionalInterface
public interface EventListener<T> {

    /**
     * Never called concurrently for one registration. The thread is interrupted if the plugin stops and the drain limit has passed.
     *
     * @throws Exception is logged; the listener gets the next event nevertheless
     */
    void on(T event) throws Exception;
}
