package dev.belfry.notifications.sending;

/** What was to be sent breaks a rule. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public InvalidInput(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** For the sender: names the field, the value and the rule. */
    public String reason() {
        return reason;
    }
}
