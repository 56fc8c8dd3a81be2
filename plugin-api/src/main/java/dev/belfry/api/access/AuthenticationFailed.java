package dev.belfry.api.access;

/**
 * Credentials were brought and do not hold. The message is shown to the caller: it names the rule that was broken, never
 * the credential.
 *
 * @since 0.1
 */
public final class AuthenticationFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public AuthenticationFailed(String message) {
        super(message);
    }

    public AuthenticationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
