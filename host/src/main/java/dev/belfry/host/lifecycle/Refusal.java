package dev.belfry.host.lifecycle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A plugin is not accepted. The message is the reason, written for operators. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private State state = State.FAILED;
    private boolean passing;

    public Refusal(String reason) {
        this(reason, null);
    }

    public Refusal(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** The plugin is valid but disabled by the operator. */
    public static Refusal disabled(String reason) {
        Refusal refusal = new Refusal(reason);
        refusal.state = State.DISABLED;
        return refusal;
    }

    /** The cause is temporary; a retry may succeed. */
    public static Refusal passing(String reason, @Nullable Throwable cause) {
        Refusal refusal = new Refusal(reason, cause);
        refusal.passing = true;
        return refusal;
    }

    /**
     * For a file that existed a moment ago. If it cannot even be opened, its content is unknown, so a retry makes
     * sense.
     */
    public static Refusal ofOpening(String reason, IOException failure) {
        return failure instanceof FileNotFoundException || failure instanceof FileSystemException
                ? passing(reason, failure)
                : new Refusal(reason, failure);
    }

    public boolean isPassing() {
        return passing;
    }

    /** The state in which the plugin is listed. */
    public State state() {
        return state;
    }

    public String reason() {
        return reason;
    }
}
