package dev.belfry.notifications.notifier;

/**
 * A notification violates a rule. The message names the field, the value and the rule.
 *
 * @since 0.2
 */
public final class InvalidNotification extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public InvalidNotification(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message: it can be shown to the person who caused it. */
    public String reason() {
        return reason;
    }
}
