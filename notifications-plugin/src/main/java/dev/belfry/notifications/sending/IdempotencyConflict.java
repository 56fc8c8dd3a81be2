package dev.belfry.notifications.sending;

/** The key of a request stands for another one. */
public final class IdempotencyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why it cannot be taken. */
    public enum Reason {
        /** Something else was sent under it. */
        REUSED,
        /** The same is being sent at this moment. */
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
