package dev.belfry.host.lifecycle;

import org.jspecify.annotations.Nullable;

/** A plugin is not taken. The message is the reason that an operator reads. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public Refusal(String reason) {
        this(reason, null);
    }

    public Refusal(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
