package dev.belfry.api.access;

/**
 * The credentials of a request are invalid. The caller sees the message: it names the violated rule, and never contains
 * the credentials.
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
