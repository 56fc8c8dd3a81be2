package dev.belfry.api.access;

/**
 * Credentials that a plugin checks for its own routes, sent in one header. {@link SharedSecret} is one kind. For
 * credentials that all plugins accept, see {@link Identity}.
 *
 * @since 0.2
 */
public interface HeaderCredentials {

    /** Name of the header that carries the credentials; case-insensitive, and always the same. */
    String header();

    /**
     * The caller that the value of the header authenticates. The host calls this for requests that have the header and no
     * valid token.
     *
     * @param value of the header; may be empty
     * @throws AuthenticationFailed if the value is invalid. The caller gets 401, or 429 after many wrong values
     */
    Caller identify(String value) throws AuthenticationFailed;
}
