package dev.belfry.host.lifecycle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A plugin is not taken. The message is the reason that an operator reads. */
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

    /** It could be taken, and an operator does not want it. */
    public static Refusal disabled(String reason) {
        Refusal refusal = new Refusal(reason);
        refusal.state = State.DISABLED;
        return refusal;
    }

    /** Something stood in the way that may be gone in a moment: it is worth another try. */
    public static Refusal passing(String reason, @Nullable Throwable cause) {
        Refusal refusal = new Refusal(reason, cause);
        refusal.passing = true;
        return refusal;
    }

    /** Of a file that was there a moment ago: where it could not be opened at all, nothing is said of its content. */
    public static Refusal ofOpening(String reason, IOException failure) {
        return failure instanceof FileNotFoundException || failure instanceof FileSystemException
                ? passing(reason, failure)
                : new Refusal(reason, failure);
    }

    public boolean isPassing() {
        return passing;
    }

    /** How what is not taken is listed. */
    public State state() {
        return state;
    }

    public String reason() {
        return reason;
    }
}
