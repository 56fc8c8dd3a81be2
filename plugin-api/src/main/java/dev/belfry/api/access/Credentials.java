package dev.belfry.api.access;

import java.util.Optional;

/**
 * What a request brought to prove who sent it.
 *
 * @since 0.1
 */
public interface Credentials {

    /**
     * The value of the request's header of this name.
     *
     * @param name case-insensitive
     * @return empty when absent; where the header was sent several times, the first value
     */
    Optional<String> header(String name);

    /** The value of the request's cookie of this name. */
    Optional<String> cookie(String name);

    /**
     * The token of an {@code Authorization: Bearer} header. The scheme's name is case-insensitive (RFC 9110, section 11.1);
     * another scheme counts as no bearer token. Where nothing understands an {@code Authorization} header, the host answers 401.
     *
     * @return empty when there is none; never blank
     */
    default Optional<String> bearerToken() {
        return header("Authorization")
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty());
    }
}
