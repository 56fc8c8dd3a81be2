package dev.belfry.notifications.storage;

import java.util.List;

/**
 * A part of an inbox.
 *
 * @param deliveries in the order that was asked for
 * @param tally what the whole inbox amounts to, as of the same moment or of one just before
 * @since 0.1
 */
public record Excerpt(List<Delivery> deliveries, Tally tally) {

    public Excerpt {
        deliveries = List.copyOf(deliveries);
    }
}
