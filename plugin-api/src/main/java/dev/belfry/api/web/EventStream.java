package dev.belfry.api.web;

import dev.belfry.api.access.Caller;
import java.util.Optional;

/**
 * An open stream of server-sent events to one client. The host writes the events and heartbeats, and limits what it keeps for a slow
 * client. Instances are thread-safe, and a closed stream holds no resources.
 *
 * @since 0.2
 */
public interface EventStream {

    /** The authorized caller of the request; {@link Caller.Anonymous} only on public routes. */
    Caller caller();

    /**
     * The id of the last event that the client received before it connected again, from the header {@code Last-Event-ID}.
     *
     * @return empty if the client connects for the first time, or has received no event with an id
     */
    Optional<String> lastEventId();

    /**
     * The first value of a query parameter, decoded.
     *
     * @return empty if the request has no such parameter
     */
    Optional<String> queryParam(String name);

    /**
     * The value of a parameter in the route's path, decoded.
     *
     * @throws IllegalArgumentException if the path has no such parameter
     */
    String pathParam(String name);

    /**
     * Sends an event without waiting: it is written at once or queued. A client whose queue is full is disconnected, and can connect
     * again and ask for what it missed.
     *
     * @return false if the stream is closed, so that the event is not sent
     * @throws IllegalArgumentException if the event is longer than the queue ({@code belfry.limits.streams.queueSize})
     */
    boolean send(ServerSentEvent event);

    /**
     * Registers an action for the end of the stream: the client has disconnected or was too slow, the plugin called {@link #close}
     * or stops, or the handler failed. On a closed stream, the action runs at once.
     *
     * @param action called once, in any thread; must return soon; exceptions are logged
     */
    void onClose(Runnable action);

    /** Ends the stream after the events that are queued. May be called again. */
    void close();
}
