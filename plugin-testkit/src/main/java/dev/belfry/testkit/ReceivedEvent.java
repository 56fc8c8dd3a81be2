package dev.belfry.testkit;

import java.util.Optional;

/**
 * An event that a {@link TestEventStream} received.
 *
 * @param name the event's type; {@code message} if the plugin gave none
 * @param id the event's own id
 * @param data its lines joined by {@code \n}
 * @since 0.2
 */
public record ReceivedEvent(String name, Optional<String> id, String data) {}
