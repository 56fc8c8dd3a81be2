package dev.belfry.api.access;

import java.util.Optional;

/**
 * The credentials of a request.
 *
 * @since 0.1
 */
public interface Credentials {

    /**
     * The value of a header of the request.
     *
     * @param name case-insensitive
     * @return empty if absent; the first value if the header is repeated
     */
    Optional<String> header(String name);

    /** The value of a cookie of the request. */
    Optional<String> cookie(String name);

    /**
     * The token of an {@code Authorization: Bearer} header. The scheme's name is case-insensitive (RFC 9110, section 11.1);
     * other schemes give no bearer token. If no identity accepts the {@code Authorization} header, the host responds with 401.
     *
     * @return empty if there is none; never blank
     */
    default Optional<String> bearerToken() {
        return header("Authorization")
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty());
    }
}
