package dev.belfry.notifications.storage;

/**
 * What came of saving.
 *
 * @since 0.1
 */
public sealed interface SaveOutcome {

    /** It is stored for good. */
    record Stored() implements SaveOutcome {}

    /** The place of one of the ids is taken. Nothing was stored, and other ids may be tried. */
    record IdConflict() implements SaveOutcome {}

    /** The same was claimed before, and {@code answer} was given. Nothing was stored now. */
    record Repeated(String answer) implements SaveOutcome {}

    /** The key was claimed for something else. Nothing was stored. */
    record KeyReused() implements SaveOutcome {}

    /** Whoever claimed the key first has not finished. Nothing was stored. */
    record InFlight() implements SaveOutcome {}
}
