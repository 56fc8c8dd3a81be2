package dev.belfry.host.event;

import dev.belfry.host.lifecycle.Generation;
import dev.belfry.host.lifecycle.InFlightRequests;
import dev.belfry.host.lifecycle.PluginBoundary;

/**
 * Whose listeners are called.
 *
 * @param version of the plugin; empty = none
 * @param generation unique name, such as {@code notifications#3}
 * @param inFlight counts queued events, so that a drain waits for them
 */
public record Subscriber(
        String pluginId, String version, String generation, PluginBoundary boundary, InFlightRequests inFlight) {

    public static Subscriber of(Generation generation) {
        return new Subscriber(
                generation.descriptor().id(),
                generation.descriptor().version(),
                generation.name(),
                generation.boundary(),
                generation.inFlight());
    }
}
