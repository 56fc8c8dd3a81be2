package dev.belfry.notifications.sending;

/** A request to create a notification violates a rule. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public InvalidInput(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message for the sender. It names the field, the value and the rule. */
    public String reason() {
        return reason;
    }
}
