package dev.belfry.host.lifecycle;

import org.jspecify.annotations.Nullable;

/** A plugin is not taken. The message is the reason that an operator reads. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private State state = State.FAILED;

    public Refusal(String reason) {
        this(reason, null);
    }

    public Refusal(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** It could be taken, and an operator does not want it. */
    public static Refusal disabled(String reason) {
        Refusal refusal = new Refusal(reason);
        refusal.state = State.DISABLED;
        return refusal;
    }

    /** How what is not taken is listed. */
    public State state() {
        return state;
    }

    public String reason() {
        return reason;
    }
}
