package dev.belfry.notifications.stream;

/**
 * The receiver of a stream.
 *
 * @param <E> an encoded event
 */
@FunctionalInterface
public interface StreamClient<E> {

    /** Sends an event without waiting. Returns false if the stream has ended. Must not throw. */
    boolean send(E event);
}
