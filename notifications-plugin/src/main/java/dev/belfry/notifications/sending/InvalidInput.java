package dev.belfry.notifications.sending;

/** What was to be sent breaks a rule. The message is for the sender: it names the field, the value and the rule. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
        super(message);
    }
}
