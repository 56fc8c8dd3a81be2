package dev.belfry.notifications.storage;

/**
 * The result of {@link NotificationWriter#save}.
 *
 * @since 0.1
 */
public sealed interface SaveOutcome {

    /** The notifications are stored durably. */
    record Stored() implements SaveOutcome {}

    /** The position of one of the ids is in use. Nothing was stored; the caller can try other ids. */
    record IdConflict() implements SaveOutcome {}

    /** An earlier request with the same key and content had this response. Nothing was stored now. */
    record Repeated(String response) implements SaveOutcome {}

    /** An earlier request with the same key had other content. Nothing was stored. */
    record KeyReused() implements SaveOutcome {}

    /** A request with the same key has not finished. Nothing was stored. */
    record InFlight() implements SaveOutcome {}
}
