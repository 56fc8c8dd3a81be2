package dev.belfry.host.tasks;

import java.util.Optional;
import java.util.UUID;

/**
 * The id of a payload. It names the span that has put the payload into the queue, so that its handling continues the trace, on any
 * host. No other version of the host reads the id, and the table needs no further column.
 */
final class PayloadId {

    private static final char SEPARATOR = '.';

    private PayloadId() {}

    /** @param parent as {@code traceparent} */
    static String next(Optional<String> parent) {
        String unique = UUID.randomUUID().toString();
        return parent.map(span -> unique + SEPARATOR + span).orElse(unique);
    }

    static Optional<String> parent(String id) {
        int separator = id.indexOf(SEPARATOR);
        return separator < 0 ? Optional.empty() : Optional.of(id.substring(separator + 1));
    }
}
