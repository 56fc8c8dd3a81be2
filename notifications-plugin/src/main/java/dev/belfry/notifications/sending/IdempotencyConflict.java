package dev.belfry.notifications.sending;

/** The idempotency key of a request is in use by another request. */
public final class IdempotencyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The kind of conflict. */
    public enum Reason {
        /** The other request has other content. */
        REUSED,
        /** The other request is the same and has not finished. */
        IN_FLIGHT
    }

    IdempotencyConflict(Reason reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
