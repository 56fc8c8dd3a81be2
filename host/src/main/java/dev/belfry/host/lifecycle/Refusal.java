package dev.belfry.host.lifecycle;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** A plugin is not accepted. The message is the reason, written for operators. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private State state = State.FAILED;
    private Level logLevel = Level.ERROR;
    private boolean passing;
    private @Nullable FailureClass failure;
    private @Nullable String claimedId;

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
        refusal.logLevel = Level.INFO;
        return refusal;
    }

    /** The operator has not allowed the plugin. */
    public static Refusal notAllowed(String reason, @Nullable Throwable cause) {
        return new Refusal(reason, cause).as(FailureClass.NOT_ALLOWED);
    }

    /** A key of the host's own sections is wrong for the plugin: the host must be started again. */
    public static Refusal misconfigured(String reason) {
        return new Refusal(reason).as(FailureClass.CONFIGURATION);
    }

    /** The operator has not listed the plugin, or not yet: its JAR may be copied before its entry is written. */
    public static Refusal notListed(String reason) {
        Refusal refusal = notAllowed(reason, null);
        refusal.logLevel = Level.WARN;
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

    Refusal as(FailureClass known) {
        failure = known;
        return this;
    }

    /** @param id the plugin that the file claims to be; unchecked */
    public Refusal of(Optional<String> id) {
        claimedId = id.orElse(null);
        return this;
    }

    /** Why, if that is known without looking at the cause. */
    public Optional<FailureClass> failure() {
        return Optional.ofNullable(failure);
    }

    /** The plugin that the refused file claims to be; empty when that cannot be read. */
    Optional<String> claimedId() {
        return Optional.ofNullable(claimedId);
    }

    public boolean isPassing() {
        return passing;
    }

    /** The state in which the plugin is listed. */
    public State state() {
        return state;
    }

    Level logLevel() {
        return logLevel;
    }

    public String reason() {
        return reason;
    }
}
