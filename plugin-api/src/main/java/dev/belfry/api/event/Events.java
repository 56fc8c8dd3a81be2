package dev.belfry.api.event;

/**
 * Events between the plugins of one host. They stay in the process: other hosts on the same database do not see them.
 *
 * <p>The class of an event belongs to a package that the plugin or one of its dependencies exports ({@code Plugin-Exports}). Use an
 * immutable record: all listeners get the same object.
 *
 * <p>Listeners run asynchronously, outside the transaction and the request of the publisher. Each listener has a queue of
 * {@value #QUEUE_CAPACITY} events and runs on a virtual thread, one event at a time, in the order of publication. An event for a
 * listener whose queue is full is dropped for that listener, logged, and counted in the metric {@code belfry.events.dropped}. Events
 * that must not be lost belong into a database.
 *
 * <p>Only listeners of running generations get events. When a plugin is replaced, each event goes to the old or to the new
 * generation, never to both. Queued events are still delivered while the old generation drains.
 *
 * @since 0.2
 */
public interface Events {

    /** Number of events that wait for one listener at most. */
    int QUEUE_CAPACITY = 1024;

    /**
     * Queues an event for every listener of its class, of a superclass or of an interface, and returns without waiting for them. A
     * listener's exception does not reach the publisher.
     *
     * @throws IllegalArgumentException if the class of {@code event} is not exported
     * @throws IllegalStateException if this plugin has stopped
     */
    void publish(Object event);

    /**
     * Calls {@code listener} for each event of {@code type}, from the time at which this plugin serves requests until it stops.
     *
     * @param type an exported class or interface
     * @throws IllegalArgumentException if {@code type} is not exported
     * @throws IllegalStateException if this plugin has stopped
     */
    <T> void on(Class<T> type, EventListener<? super T> listener);
}
